// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** Rule 11 with Retrofit, which creates OkHttp's call in {@code execute} and {@code enqueue}. */
class RetrofitTest extends OkHttpTestCase {
  private static final int CALLS = 5;

  interface Ratings {
    @GET("/{id}")
    Call<ResponseBody> call(@Path("id") int id);

    @GET("/{id}")
    CompletableFuture<ResponseBody> future(@Path("id") int id);
  }

  private final Ratings service =
      new Retrofit.Builder()
          .baseUrl(ratings.uri("/").toString())
          .client(installed(oneAtATime()))
          .build()
          .create(Ratings.class);

  @Test
  void rule11_execute_forwardsFromWhereItIsCalled() throws Exception {
    for (int i = 0; i < CALLS; i++) {
      Call<ResponseBody> call = service.call(i);
      assertThat(inRequest(i, call::execute).code()).isEqualTo(200);
    }
    assertEachCallForwardedItsOwnHeaders();
  }

  @Test
  void rule11_enqueue_forwardsFromWhereItIsCalled() throws Exception {
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Call<ResponseBody> call = service.call(i);
      calls.add(inRequest(i, () -> enqueue(call)));
    }
    for (CompletableFuture<Integer> call : calls) {
      assertThat(call.get()).isEqualTo(200);
    }
    assertEachCallForwardedItsOwnHeaders();
  }

  @Test
  void rule11_completableFuture_forwardsFromWhereItIsCreated() throws Exception {
    List<CompletableFuture<ResponseBody>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      int id = i;
      calls.add(inRequest(i, () -> service.future(id)));
    }
    for (CompletableFuture<ResponseBody> call : calls) {
      call.get().close();
    }
    assertEachCallForwardedItsOwnHeaders();
  }

  private void assertEachCallForwardedItsOwnHeaders() {
    List<String> hops = ratings.hops();
    assertThat(hops).hasSize(CALLS);
    for (int i = 0; i < CALLS; i++) {
      assertThat(ratings.received(hops.indexOf("127.0.0.1/" + i)))
          .containsExactly("x-request-id: " + i);
    }
  }

  private static CompletableFuture<Integer> enqueue(Call<ResponseBody> call) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
            status.complete(response.code());
          }

          @Override
          public void onFailure(Call<ResponseBody> call, Throwable e) {
            status.completeExceptionally(e);
          }
        });
    return status;
  }
}
