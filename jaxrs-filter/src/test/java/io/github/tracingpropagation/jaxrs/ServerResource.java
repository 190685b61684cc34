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

/** One path for each kind of response. Public, since Jakarta REST requires it. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public final class ServerResource {
  /** The requests that {@code /parked} has suspended and not resumed. */
  final BlockingQueue<AsyncResponse> parked = new LinkedBlockingQueue<>();

  private final Answers answers;
  private final ExecutorService otherThreads;

  ServerResource(Answers answers, ExecutorService otherThreads) {
    this.answers = answers;
    this.otherThreads = otherThreads;
  }

  /** Answers on the thread of the request. */
  @GET
  @Path("{path: forward|fail|meet|aborted|throwing-filter|throwing-request-filter}")
  public String sync(@PathParam("path") String path) throws Exception {
    return answers.answer("/" + path);
  }

  /** Resumes on another thread. */
  @GET
  @Path("suspended")
  public void suspended(@Suspended AsyncResponse response) throws Exception {
    String answer = answers.answer("/suspended");
    otherThreads.execute(() -> response.resume(answer));
  }

  /** Resumes on another thread, which writes the body. */
  @GET
  @Path("suspended-streaming")
  public void suspendedStreaming(@Suspended AsyncResponse response) {
    otherThreads.execute(() -> response.resume(streaming()));
  }

  /** Resumes on another thread before the method ends. */
  @GET
  @Path("resumed-meanwhile")
  public void resumedMeanwhile(@Suspended AsyncResponse response) throws Exception {
    String answer = answers.answer("/resumed-meanwhile");
    otherThreads.submit(() -> response.resume(answer)).get();
  }

  /** Resumes on the request's thread before the method ends, and then goes on. */
  @GET
  @Path("resumed-at-once")
  public void resumedAtOnce(@Suspended AsyncResponse response) throws Exception {
    response.resume(answers.answer("/resumed-at-once"));
    afterwards.add(answers.answer("/resumed-at-once"));
  }

  /** What is current in {@code /resumed-at-once} after it has resumed. */
  final BlockingQueue<String> afterwards = new LinkedBlockingQueue<>();

  /** Resumes with an exception on another thread. */
  @GET
  @Path("suspended-fail")
  public void suspendedFail(@Suspended AsyncResponse response) {
    otherThreads.execute(() -> response.resume(new IllegalStateException("the application's own")));
  }

  /** Suspends and does not resume. */
  @GET
  @Path("parked")
  public void parked(@Suspended AsyncResponse response) {
    parked.add(response);
  }

  /** Resumes in the timeout handler. */
  @GET
  @Path("timed-out")
  public void timedOut(@Suspended AsyncResponse response) {
    response.setTimeoutHandler(late -> late.resume(streaming()));
    response.setTimeout(50, TimeUnit.MILLISECONDS);
  }

  /** Resumes a parked request on this request's thread, and then answers this one. */
  @GET
  @Path("resume-parked")
  public String resumeParked() throws Exception {
    parked.take().resume(streaming());
    return answers.answer("/resume-parked");
  }

  /** Resumes before the method ends; a response filter throws. */
  @GET
  @Path("resumed-at-once/throwing-filter")
  public void resumedAtOnceFails(@Suspended AsyncResponse response) {
    response.resume("an answer");
  }

  /** Returns a complete stage; a response filter throws. */
  @GET
  @Path("stage-at-once/throwing-filter")
  public CompletionStage<String> stageAtOnceFails() {
    return CompletableFuture.completedFuture("an answer");
  }

  /** Returns a stage that another thread completes. */
  @GET
  @Path("stage")
  public CompletionStage<String> stage() throws Exception {
    String answer = answers.answer("/stage");
    return CompletableFuture.supplyAsync(() -> answer, otherThreads);
  }

  /** Sends one event. Not from another thread: RESTEasy may deadlock if the method still runs. */
  @GET
  @Path("sse")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@Context SseEventSink sink, @Context Sse sse) throws Exception {
    String answer = answers.answer("/sse").replace('\n', '&'); // CXF sends only one line of data
    // On another thread: on the one that sends, CXF waits 5 seconds for itself.
    sink.send(sse.newEvent(answer)).whenCompleteAsync((sent, failure) -> close(sink));
  }

  /** {@code SseEventSink.close()} throws IOException since Jakarta REST 4.0, nothing before. */
  private static void close(AutoCloseable sink) {
    try {
      sink.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Computes the body while it is written. */
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

  /** Writes more than fits into any buffer. */
  @GET
  @Path("endless")
  public StreamingOutput endless() {
    return out -> {
      for (int i = 0; i < 10_000; i++) {
        out.write(new byte[10_000]);
      }
    };
  }

  /** Throws an exception that has a mapper. */
  @GET
  @Path("mapped")
  @SuppressWarnings("DoNotCallSuggester") // Jakarta REST calls it
  public String mapped() throws Exception {
    throw new MappedException(answers.answer("/mapped"));
  }

  /** Sub-resource locator. */
  @Path("locator")
  public Sub locator() throws Exception {
    return new Sub(answers, answers.answer("/locator"));
  }

  /** Public, since Jakarta REST requires it. */
  public static final class Sub {
    private final Answers answers;
    private final String located;

    Sub(Answers answers, String located) {
      this.answers = answers;
      this.located = located;
    }

    /** Answers if the same headers were current in the locator. */
    @GET
    @Path("sub")
    @Produces(MediaType.TEXT_PLAIN)
    public String answer() throws Exception {
      String answer = answers.answer("/locator/sub");
      return answer.equals(located) ? answer : "current in the locator: " + located;
    }
  }

  /** Its message is the answer. */
  static final class MappedException extends Exception {
    private static final long serialVersionUID = 1;

    MappedException(String answer) {
      super(answer);
    }
  }
}
