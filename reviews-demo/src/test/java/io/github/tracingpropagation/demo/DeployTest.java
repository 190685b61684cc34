// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fabric8.istio.api.api.telemetry.v1alpha1.Tracing;
import io.fabric8.istio.api.telemetry.v1.Telemetry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingProvider;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.bookinfo.Http;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Validates {@code deploy/}, and the Job of the check, against the schemas of Kubernetes, in
 * fabric8's classes, and {@linkplain IstioSchema Istio's own}. For kustomize, and the frame of
 * istioctl's file, the records here list the fields.
 */
final class DeployTest {
  private static final Path DEPLOY = Path.of("deploy");
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                /** Otherwise the classes would accept unknown fields. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "apps/v1 Deployment", Deployment.class,
          "batch/v1 Job", Job.class,
          "v1 ConfigMap", ConfigMap.class,
          "v1 Service", io.fabric8.kubernetes.api.model.Service.class,
          "telemetry.istio.io/v1 Telemetry", Telemetry.class,
          "kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class,
          "install.istio.io/v1alpha1 IstioOperator", IstioOperator.class);

  record Kustomization(
      String apiVersion,
      String kind,
      List<String> resources,
      List<Patch> patches,
      List<Image> images) {
    record Patch(String path) {}

    record Image(String name, String newTag) {}
  }

  record IstioOperator(String apiVersion, String kind, Spec spec) {
    record Spec(JsonNode meshConfig) {}
  }

  /** The page on the check has a Job. */
  private static final Path CHECK = Path.of("../../docs/check.md");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      return Stream.concat(
          files.filter(file -> file.toString().endsWith(".yaml")).toList().stream(),
          Stream.of(DEPLOY.resolve(CHECK)));
    }
  }

  /** Returns a file, or the first YAML in a page. */
  private static String yaml(Path file) throws IOException {
    String text = Files.readString(file);
    return file.endsWith(CHECK.getFileName())
        ? text.split("```yaml\n", -1)[1].split("```", -1)[0]
        : text;
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isValid(Path file) throws Exception {
    assertThat(read(yaml(file))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "reviews/reviews.yaml, readOnlyRootFilesystem:, readonlyRootFilesystem:",
    "reviews/reviews.yaml, containers:, container:",
    "reviews/reviews.yaml, port: 9080, port: [9080]",
    "reviews/kustomization.yaml, newTag:, tag:",
    "reviews/reviews.yaml, kind: Deployment, kind: Deploy",
    "../../docs/check.md, startupProbe:, startProbe:",
    "../../docs/check.md, backoffLimit: 0, backoffLimit: none",
    "istio/sampling.yaml, randomSamplingPercentage: 10, randomSamplingPercentage: ten",
    "istio/sampling.yaml, randomSamplingPercentage:, sampling:",
    "istio/sampling-of-a-pod.yaml, sampling:, rate:",
    "istio/sampling-of-a-pod.yaml, sampling: 100, sampling: all",
    "istio/zipkin.yaml, data:, dat:",
    "istio/istio-operator.yaml, extensionProviders:, providers:",
    "istio/istio-operator.yaml, service:, host:",
    "istio/istio-operator.yaml, tracing: [zipkin], traces: [zipkin]",
    "istio/istio-operator.yaml, sampling:, percent:",
    "istio/istio-operator.yaml, opentelemetry:, otel:",
  })
  void invalidFile_isRejected(String file, String good, String bad) throws Exception {
    String yaml = yaml(DEPLOY.resolve(file));
    assertThat(yaml).contains(good);

    assertThatThrownBy(() -> read(yaml.replace(good, bad)))
        .isInstanceOfAny(
            JsonProcessingException.class,
            InvalidProtocolBufferException.class,
            AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource({
    "zipkin, zipkin",
    "jaeger, jaeger",
    "opentelemetry, opentelemetry",
    "datadog, datadog",
    "stackdriver, opentelemetry", // Istio has removed its provider
    "skywalking, skywalking",
  })
  void provider_isKnownToTheMeshAndTheLibrary(String name, String ofMesh) throws Exception {
    List<Object> example = read(Files.readString(DEPLOY.resolve("istio/" + name + ".yaml")));
    Telemetry telemetry = (Telemetry) example.get(0);
    ConfigMap variables = (ConfigMap) example.get(1);

    assertThat(telemetry.getSpec().getTracing().get(0).getProviders())
        .singleElement()
        .satisfies(provider -> assertThat(provider.getName()).isEqualTo(ofMesh));
    assertThat(mesh().at("/extensionProviders").findValuesAsText("name")).contains(ofMesh);
    assertThat(variables.getData()).containsOnly(Map.entry("TRACING_PROPAGATION_PROVIDERS", name));
    assertThat(TracingProvider.values())
        .extracting(TracingProvider::name)
        .contains(name.toUpperCase(Locale.ROOT));
  }

  /** Pilot switches tracing off where neither the mesh nor a Telemetry names a provider. */
  @Test
  void sampling_isOfAProvider() throws Exception {
    JsonNode mesh = mesh();
    List<String> providers = mesh.at("/extensionProviders").findValuesAsText("name");

    assertThat(mesh.at("/defaultProviders/tracing"))
        .singleElement()
        .satisfies(provider -> assertThat(providers).contains(provider.asText()));
    assertThat(mesh.at("/defaultConfig/tracing/sampling").asDouble()).isPositive(); // 0: unset
    Tracing sampling = tracing("sampling");
    assertThat(sampling.getRandomSamplingPercentage()).isPositive();
    assertThat(sampling.getProviders())
        .singleElement()
        .satisfies(provider -> assertThat(providers).contains(provider.getName()));
  }

  /** A Telemetry's rate would win over the mesh's and the annotation's. */
  @ParameterizedTest
  @ValueSource(
      strings = {"zipkin", "jaeger", "opentelemetry", "datadog", "stackdriver", "skywalking"})
  void provider_leavesTheSamplingToTheMeshAndThePod(String name) throws Exception {
    assertThat(tracing(name).getRandomSamplingPercentage()).isNull();
  }

  private static Tracing tracing(String file) throws IOException {
    Telemetry telemetry =
        (Telemetry) read(Files.readString(DEPLOY.resolve("istio/" + file + ".yaml"))).get(0);
    return telemetry.getSpec().getTracing().get(0);
  }

  private static JsonNode mesh() throws IOException {
    return ((IstioOperator)
            read(Files.readString(DEPLOY.resolve("istio/istio-operator.yaml"))).get(0))
        .spec()
        .meshConfig();
  }

  /** Kubernetes and Istio get what they know of gRPC from the port's name. */
  @Test
  void ratings_hasAPortForGrpc() throws Exception {
    io.fabric8.kubernetes.api.model.Service ratings =
        (io.fabric8.kubernetes.api.model.Service)
            read(Files.readString(DEPLOY.resolve("reviews-and-ratings/ratings.yaml"))).get(0);

    assertThat(ratings.getSpec().getPorts())
        .singleElement()
        .satisfies(
            port -> {
              assertThat(port.getName()).isEqualTo("grpc");
              assertThat(port.getPort()).isEqualTo(9081);
            });
  }

  /** Istio's tasks of request routing and fault injection match {@code end-user: jason}. */
  @Test
  void reviews_withTheEnvironmentOfItsDeployment_forwardsTheUser() throws Exception {
    Map<String, String> variables = environment("reviews-v3");
    assertThat(environment("reviews-v2"))
        .containsEntry(
            "TRACING_PROPAGATION_ADDITIONAL_HEADERS",
            variables.get("TRACING_PROPAGATION_ADDITIONAL_HEADERS"));
    CompletableFuture<HttpFields> atRatings = new CompletableFuture<>();
    ServerSettings settings =
        new ServerSettings(
            Service.LOOPBACK,
            0,
            new Environment(Map.of()),
            TracingPropagation.create(),
            (request, response) -> atRatings.complete(request.getHeaders()));
    try (Service ratings = RatingsService.start(settings)) {
      variables.put("RATINGS_HOSTNAME", "127.0.0.1");
      variables.put("RATINGS_SERVICE_PORT", Integer.toString(ratings.port()));
      variables.put("PORT", "0");
      try (ReviewsProcess reviews = ReviewsProcess.start(variables)) {
        Http.Answer answer =
            Http.get(
                reviews.uri(),
                Map.of("end-user", "jason", "x-request-id", "1", "cookie", "session=1"));
        assertThat(answer.body()).contains("\"stars\":5");
      }
    }
    HttpFields headers = atRatings.get(30, TimeUnit.SECONDS);
    assertThat(headers.getValuesList("end-user")).containsExactly("jason");
    assertThat(headers.getValuesList("x-request-id")).containsExactly("1");
    assertThat(headers.contains("cookie")).isFalse();
  }

  private static Map<String, String> environment(String deployment) throws Exception {
    return read(Files.readString(DEPLOY.resolve("reviews/reviews.yaml"))).stream()
        .map(Deployment.class::cast)
        .filter(document -> document.getMetadata().getName().equals(deployment))
        .flatMap(document -> document.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnv().stream())
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static List<Object> read(String yaml) throws IOException {
    List<Object> documents = new ArrayList<>();
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      for (JsonNode node : MAPPER.readValues(parser, JsonNode.class).readAll()) {
        String kind = node.path("apiVersion").asText() + " " + node.path("kind").asText();
        assertThat(KINDS).containsKey(kind);
        validateByIstio(kind, node);
        documents.add(MAPPER.treeToValue(node, KINDS.get(kind)));
      }
    }
    return documents;
  }

  private static void validateByIstio(String kind, JsonNode node) throws IOException {
    if (kind.endsWith(" Telemetry")) {
      IstioSchema.TELEMETRY.validate(node.path("spec"));
    } else if (kind.endsWith(" IstioOperator")) {
      IstioSchema.MESH_CONFIG.validate(node.at("/spec/meshConfig"));
    } else {
      JsonNode proxy = node.at("/spec/template/metadata/annotations/proxy.istio.io~1config");
      if (proxy.isTextual()) {
        IstioSchema.PROXY_CONFIG.validate(new YAMLMapper().readTree(proxy.asText()));
      }
    }
  }
}
