// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tracingpropagation.testing.InboundContract.Answers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One path for each way to answer. Public for Jakarta REST. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public final class ServerResource {
  /** The requests that {@code /parked} has left open. */
  final BlockingQueue<AsyncResponse> parked = new LinkedBlockingQueue<>();

  private final Answers answers;
  private final ExecutorService elsewhere;

  ServerResource(Answers answers, ExecutorService elsewhere) {
    this.answers = answers;
    this.elsewhere = elsewhere;
  }

  /** Answers on the thread of the request. */
  @GET
  @Path("{path: forward|fail|meet|aborted|throwing-filter|throwing-request-filter}")
  public String sync(@PathParam("path") String path) throws Exception {
    return answers.answer("/" + path);
  }

  /** Answers from another thread. */
  @GET
  @Path("suspended")
  public void suspended(@Suspended AsyncResponse response) throws Exception {
    String answer = answers.answer("/suspended");
    elsewhere.execute(() -> response.resume(answer));
  }

  /** Answers from another thread with what only there is written. */
  @GET
  @Path("suspended-streaming")
  public void suspendedStreaming(@Suspended AsyncResponse response) {
    elsewhere.execute(() -> response.resume(streaming()));
  }

  /** Answers from another thread before the method ends. */
  @GET
  @Path("resumed-meanwhile")
  public void resumedMeanwhile(@Suspended AsyncResponse response) throws Exception {
    String answer = answers.answer("/resumed-meanwhile");
    elsewhere.submit(() -> response.resume(answer)).get();
  }

  /** Answers before the method ends, on its thread, and is not done then. */
  @GET
  @Path("resumed-at-once")
  public void resumedAtOnce(@Suspended AsyncResponse response) throws Exception {
    response.resume(answers.answer("/resumed-at-once"));
    afterwards.add(answers.answer("/resumed-at-once"));
  }

  /** What {@code /resumed-at-once} sees after its answer. */
  final BlockingQueue<String> afterwards = new LinkedBlockingQueue<>();

  /** Fails on another thread. */
  @GET
  @Path("suspended-fail")
  public void suspendedFail(@Suspended AsyncResponse response) {
    elsewhere.execute(() -> response.resume(new IllegalStateException("the application's own")));
  }

  /** Leaves the request open. */
  @GET
  @Path("parked")
  public void parked(@Suspended AsyncResponse response) {
    parked.add(response);
  }

  /** Answers when its time is over. */
  @GET
  @Path("timed-out")
  public void timedOut(@Suspended AsyncResponse response) {
    response.setTimeoutHandler(late -> late.resume(streaming()));
    response.setTimeout(50, TimeUnit.MILLISECONDS);
  }

  /** Answers a parked request on the thread of this one, and then this one. */
  @GET
  @Path("resume-parked")
  public String resumeParked() throws Exception {
    parked.take().resume(streaming());
    return answers.answer("/resume-parked");
  }

  /** Answers before the method ends; a response filter fails. */
  @GET
  @Path("resumed-at-once/throwing-filter")
  public void resumedAtOnceFails(@Suspended AsyncResponse response) {
    response.resume("an answer");
  }

  /** Answers with a stage that is complete; a response filter fails. */
  @GET
  @Path("stage-at-once/throwing-filter")
  public CompletionStage<String> stageAtOnceFails() {
    return CompletableFuture.completedFuture("an answer");
  }

  /** Answers when a stage is complete, on another thread. */
  @GET
  @Path("stage")
  public CompletionStage<String> stage() throws Exception {
    String answer = answers.answer("/stage");
    return CompletableFuture.supplyAsync(() -> answer, elsewhere);
  }

  /**
   * Answers by an event. Not from another thread: RESTEasy may lock up if the method still runs.
   */
  @GET
  @Path("sse")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@Context SseEventSink sink, @Context Sse sse) throws Exception {
    String answer = answers.answer("/sse").replace('\n', '&'); // CXF knows no data of two lines
    sink.send(sse.newEvent(answer)).whenComplete((sent, failure) -> close(sink));
  }

  /** Before Jakarta REST 4.0 a sink closes without an exception. */
  private static void close(AutoCloseable sink) {
    try {
      sink.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers when the body is written. */
  @GET
  @Path("streaming")
  public StreamingOutput streaming() {
    return out -> out.write(answer("/streaming").getBytes(UTF_8));
  }

  private String answer(String path) {
    try {
      return answers.answer(path);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes more than any buffer takes. */
  @GET
  @Path("endless")
  public StreamingOutput endless() {
    return out -> {
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[10_000]);
      }
    };
  }

  /** Fails with an exception that is mapped. */
  @GET
  @Path("mapped")
  @SuppressWarnings("DoNotCallSuggester") // Jakarta REST calls it
  public String mapped() throws Exception {
    throw new MappedException(answers.answer("/mapped"));
  }

  /** Leads to a resource made for the request. */
  @Path("locator")
  public Sub locator() throws Exception {
    return new Sub(answers, answers.answer("/locator"));
  }

  /** Public for Jakarta REST. */
  public static final class Sub {
    private final Answers answers;
    private final String located;

    Sub(Answers answers, String located) {
      this.answers = answers;
      this.located = located;
    }

    /** Answers if the locator saw the same. */
    @GET
    @Path("sub")
    @Produces(MediaType.TEXT_PLAIN)
    public String answer() throws Exception {
      String answer = answers.answer("/locator/sub");
      return answer.equals(located) ? answer : "the locator saw: " + located;
    }
  }

  /** Carries its answer. */
  static final class MappedException extends Exception {
    private static final long serialVersionUID = 1;

    MappedException(String answer) {
      super(answer);
    }
  }
}
