// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.github.tracingpropagation.testing.Docs;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** The rule in the docs that finds clients which the starter cannot reach. */
class InlineClientsTest {
  // docs: inline clients
  static final Predicate<JavaClass> CLIENT =
      type ->
          Stream.of(RestTemplate.class, RestClient.class, WebClient.class)
              .anyMatch(client -> (type.getName() + '$').startsWith(client.getName() + '$'));

  static final ArchRule CLIENTS_ARE_BEANS =
      noClasses()
          .should()
          .callCodeUnitWhere(
              describe(
                  "builds a client that is no bean",
                  call ->
                      CLIENT.test(call.getTargetOwner())
                          && call.getName().matches("<init>|create|builder")
                          && !(call.getOrigin().isAnnotatedWith(Bean.class)
                              && CLIENT.test(call.getOrigin().getRawReturnType()))));

  // docs: end

  static class Beans {
    @Bean
    RestTemplate template() {
      return new RestTemplate();
    }

    @Bean
    RestClient client() {
      return RestClient.builder().build();
    }

    @Bean
    WebClient.Builder webClient() {
      return WebClient.builder();
    }

    RestClient injected(RestClient.Builder builder) {
      return builder.build();
    }
  }

  static class NewTemplate {
    final RestTemplate template = new RestTemplate();
  }

  static class CreatedClient {
    RestClient client() {
      return RestClient.create();
    }
  }

  static class BuiltClient {
    RestClient client() {
      return RestClient.builder().build();
    }
  }

  static class CreatedWebClient {
    WebClient client() {
      return WebClient.create("http://ratings");
    }
  }

  static class BuiltWebClient {
    final Runnable builds = () -> WebClient.builder().build();
  }

  static class BeneathABean {
    @Bean
    Object proxy() {
      return RestClient.create();
    }
  }

  @Test
  void beans_areAllowed() {
    CLIENTS_ARE_BEANS.check(new ClassFileImporter().importClasses(Beans.class));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        NewTemplate.class,
        CreatedClient.class,
        BuiltClient.class,
        CreatedWebClient.class,
        BuiltWebClient.class,
        BeneathABean.class
      })
  void inlineClient_isFound(Class<?> type) {
    assertThat(
            CLIENTS_ARE_BEANS
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails())
        .singleElement()
        .asString()
        .contains(type.getSimpleName());
  }

  @Test
  void docs_showTheRule() throws IOException {
    Docs.assertShows("inline clients", InlineClientsTest.class);
  }
}
