// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON that reviews answers with; record components are its keys, in this order. */
record Reviews(String id, String podname, String clustername, List<Review> reviews) {
  private static final String REVIEWER_1 =
      "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!";
  private static final String REVIEWER_2 =
      "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays"
          + " by Shakespeare.";

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Review(String reviewer, String text, @Nullable Rating rating) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rating(@Nullable Integer stars, @Nullable String color, @Nullable String error) {}

  /** Returns both reviews; without ratings if {@code stars} is null. */
  static Reviews of(int productId, ReviewsSettings settings, @Nullable Stars stars) {
    String color = settings.starColor();
    return new Reviews(
        Integer.toString(productId),
        settings.podname(),
        settings.clustername(),
        List.of(
            new Review(
                "Reviewer1", REVIEWER_1, stars == null ? null : rating(stars.reviewer1(), color)),
            new Review(
                "Reviewer2", REVIEWER_2, stars == null ? null : rating(stars.reviewer2(), color))));
  }

  private static Rating rating(@Nullable Integer stars, String color) {
    return stars == null
        ? new Rating(null, null, "Ratings service is currently unavailable")
        : new Rating(stars, color, null);
  }
}
