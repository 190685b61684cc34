// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests through both services, and whether each header arrived. */
record Story(Bookinfo bookinfo, PassagePrinter printer, HttpClient client) {
  static Story create(Bookinfo bookinfo, PassagePrinter printer) {
    // Version 2 would ask for an upgrade, with headers that nobody needs to see here.
    return new Story(
        bookinfo, printer, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /** Plays every scenario with each client, and returns whether each was as promised. */
  boolean play() throws IOException, InterruptedException {
    int good = 0;
    printer.heading("reviews calls ratings with OkHttp");
    for (Scenario scenario : Scenario.ALL) {
      good += play(scenario, bookinfo.okHttpReviews()) ? 1 : 0;
    }
    printer.heading("reviews calls ratings with the Jakarta REST client");
    for (Scenario scenario : Scenario.ALL) {
      good += play(scenario, bookinfo.jaxrsReviews()) ? 1 : 0;
    }
    int all = 2 * Scenario.ALL.size();
    printer.summary(good, all);
    return good == all;
  }

  private boolean play(Scenario scenario, ReviewsService reviews)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(reviews.uri("/reviews/0")).timeout(Duration.ofSeconds(10));
    scenario.headers().forEach(request::setHeader);
    client.send(request.build(), BodyHandlers.discarding());
    Passage passage =
        new Passage(scenario, bookinfo.atReviews().next(), bookinfo.atRatings().next());
    printer.print(passage);
    return passage.isUnchanged();
  }
}
