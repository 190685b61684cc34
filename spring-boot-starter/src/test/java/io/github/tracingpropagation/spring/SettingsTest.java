// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The settings in each form that Spring Boot reads. */
class SettingsTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(TracingPropagationAutoConfiguration.class));

  @Test
  void properties_areRead() {
    assertRead(
        application.withPropertyValues(
            "tracing.propagation.providers=zipkin, Datadog",
            "tracing.propagation.additional-headers=end-user",
            "tracing.propagation.forward-to=in-mesh,*.example.com",
            "tracing.propagation.max-value-length=1024"));
  }

  @Test
  void lists_areRead() {
    assertRead(
        application.withPropertyValues(
            "tracing.propagation.providers[0]=zipkin",
            "tracing.propagation.providers[1]=Datadog",
            "tracing.propagation.additional-headers[0]=end-user",
            "tracing.propagation.forward-to[0]=in-mesh",
            "tracing.propagation.forward-to[1]=*.example.com",
            "tracing.propagation.max-value-length=1024"));
  }

  @Test
  void variables_areRead() {
    assertRead(
        application.withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        new SystemEnvironmentPropertySource(
                            "systemEnvironment",
                            Map.of(
                                "TRACING_PROPAGATION_PROVIDERS", "zipkin, Datadog",
                                "TRACING_PROPAGATION_ADDITIONAL_HEADERS", "end-user",
                                "TRACING_PROPAGATION_FORWARDTO", "in-mesh,*.example.com",
                                "TRACING_PROPAGATION_MAX_VALUE_LENGTH", "1024")))));
  }

  private static void assertRead(ApplicationContextRunner application) {
    application.run(
        context ->
            assertThat(context.getBean(TracingPropagation.class))
                .asString()
                .contains("providers=[ZIPKIN, DATADOG] (where it is registered)")
                .contains("additional-headers=[end-user] (where it is registered)")
                .contains("forward-to=(inMesh() or hosts(*.example.com)")
                .contains("max-value-length=1024 (where it is registered)"));
  }

  @Test
  void noSettings_areTheDefaults() {
    application.run(
        context ->
            assertThat(context.getBean(TracingPropagation.class))
                .hasToString(TracingPropagation.create().toString()));
  }

  @Test
  void ownBean_replacesOurs() {
    TracingPropagation own = TracingPropagation.create();

    application
        .withBean("own", TracingPropagation.class, () -> own)
        .run(context -> assertThat(context.getBean(TracingPropagation.class)).isSameAs(own));
  }

  @Test
  void switchedOff_hasNoBeans() {
    application
        .withPropertyValues("tracing.propagation.enabled=false")
        .run(
            context ->
                assertThat(context.getBeanDefinitionNames())
                    .noneMatch(
                        name -> name.toLowerCase(Locale.ROOT).contains("tracingpropagation")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          providers=zipkinn           | providers          | zipkinn  | "zipkinn" is not a provider; allowed: all, none, or some of zipkin, jaeger,
          providers[0]=zipkin,providers[1]=zipkinn | providers[1] | zipkinn | "zipkinn" is not a provider; allowed: all, none, or some of zipkin, jaeger,
          providers[0]=none,providers[1]=zipkin | providers[0] | none | "none" cannot be combined with others; allowed: none alone
          additional-headers=a b      | additional-headers | a b      | "a b" is not a header name; allowed:
          additional-headers=jwt      | additional-headers | jwt      | "jwt" carries credentials: set tracing.propagation.forward-to to hosts by name, such as
          forward-to=http://ratings   | forward-to         | http://ratings | "http://ratings" is not a host; allowed:
          max-value-length=0          | max-value-length   | 0        | 0 chars; allowed: 1 to 65536
          """)
  @ExtendWith(OutputCaptureExtension.class)
  void invalid_stopsTheStartWithTheProperty(
      String settings, String property, String value, String reason, CapturedOutput output) {
    String[] arguments =
        Stream.of(settings.split(",(?=[a-z])", -1))
            .map(setting -> "--tracing.propagation." + setting)
            .toArray(String[]::new);

    assertThatThrownBy(
            () -> Applications.builder(Applications.Empty.class).web(NONE).run(arguments))
        .isNotNull();
    assertThat(output.getOut())
        .contains("APPLICATION FAILED TO START")
        .contains(
            "Invalid value '"
                + value
                + "' for configuration property 'tracing.propagation."
                + property
                + "' (originating from '\"tracing.propagation."
                + property
                + "\" from property source \"commandLineArgs\"'). Validation failed for the following"
                + " reason:")
        .contains(reason);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void notANumber_stopsTheStartWithTheProperty(CapturedOutput output) {
    assertThatThrownBy(() -> Applications.start(null, "tracing.propagation.max-value-length=1k"))
        .isNotNull();
    assertThat(output.getOut())
        .contains("Failed to bind properties under 'tracing.propagation.max-value-length'");
  }

  private static final WebApplicationType NONE = WebApplicationType.NONE;
}
