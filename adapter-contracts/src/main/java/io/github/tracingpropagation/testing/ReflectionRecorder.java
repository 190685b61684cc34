// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RecordedInvocationsPublisher;
import org.springframework.aot.agent.RuntimeHintsAgent;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Records the library's reflective calls with Spring's agent, and compares them with what the jars
 * register for native images. In a JVM of its own, because a class that has been initialized does
 * not repeat its calls.
 */
@SuppressWarnings("removal") // Spring 7 deprecates the agent in favour of GraalVM's
public final class ReflectionRecorder {
  private static final String LIBRARY = "io.github.tracingpropagation.";

  /** What the library reflects with: a call of theirs is the library's. */
  private static final List<String> SPRINGS =
      List.of("org.springframework.util.ReflectionUtils", "org.springframework.beans.Direct");

  private ReflectionRecorder() {}

  /**
   * Runs a class's {@code main} with the metadata of the module, whose package it is in. Returns
   * each distinct call that finds something, and each search for a class: "registered" or
   * "missing", and what was called, if the class that calls is in the package.
   *
   * @param module the artifact id; or "spring" for what {@code aot.factories} names, and for the
   *     calls of packages beneath, too
   */
  public static List<String> record(Class<?> ways, String module) throws Exception {
    Path agent = NativeImage.jar(RuntimeHintsAgent.class);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // as the JVMs of the tests
                "-XX:+UseSerialGC",
                "-javaagent:" + agent + "=+" + LIBRARY + ",+" + String.join(",+", SPRINGS),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ReflectionRecorder.class.getName(),
                ways.getName(),
                module)
            .redirectError(new File("target", ways.getName() + ".log"))
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(ways + " failed: see target/" + ways.getName() + ".log");
    }
    return output.lines().filter(it -> it.matches("(registered|missing) .*")).toList();
  }

  /** Of the other JVM. */
  public static void main(String[] args) throws Exception {
    List<RecordedInvocation> calls = new ArrayList<>();
    RecordedInvocationsPublisher.addListener(
        call -> {
          synchronized (calls) {
            calls.add(call);
          }
        });
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, new Object[] {new String[0]});
    String packageName = args[0].substring(0, args[0].lastIndexOf('.'));
    boolean spring = args[1].equals("spring");
    RuntimeHints hints = spring ? springs() : hints(args[1]);
    Set<String> lines = new ConcurrentSkipListSet<>();
    synchronized (calls) {
      calls.stream()
          .filter(call -> isOf(packageName, spring, call))
          // A list of members is that of the registered ones.
          .filter(call -> !call.getMethodReference().getMethodName().endsWith("s"))
          .filter(call -> isForName(call) || call.getReturnValue() != null || isUse(call))
          .forEach(
              call ->
                  lines.add(
                      (isRegistered(call, hints) ? "registered " : "missing ") + describe(call)));
    }
    lines.forEach(System.out::println);
    System.out.flush();
    Runtime.getRuntime().halt(0); // whatever threads the clients have started
  }

  private static RuntimeHints springs() {
    RuntimeHints hints = new RuntimeHints();
    SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
        .load(RuntimeHintsRegistrar.class)
        .stream()
        .filter(registrar -> registrar.getClass().getName().startsWith(LIBRARY))
        .forEach(it -> it.registerHints(hints, ReflectionRecorder.class.getClassLoader()));
    return hints;
  }

  private static RuntimeHints hints(String module) throws Exception {
    RuntimeHints hints = new RuntimeHints();
    for (Map<?, ?> entry : NativeImage.entries(module)) {
      hints
          .reflection()
          .registerType(
              TypeReference.of((String) requireNonNull(entry.get("name"))),
              type -> register(entry, type));
    }
    return hints;
  }

  private static void register(Map<?, ?> entry, TypeHint.Builder type) {
    NativeImage.members(entry, "fields")
        .forEach(field -> type.withField((String) requireNonNull(field.get("name"))));
    Map.of("methods", ExecutableMode.INVOKE, "queriedMethods", ExecutableMode.INTROSPECT)
        .forEach(
            (kind, mode) ->
                NativeImage.members(entry, kind)
                    .forEach(
                        method ->
                            type.withMethod(
                                (String) requireNonNull(method.get("name")),
                                parameters(method),
                                mode)));
  }

  private static List<TypeReference> parameters(Map<?, ?> method) {
    return Stream.of((List<?>) requireNonNull(method.get("parameterTypes")))
        .flatMap(List::stream)
        .map(type -> TypeReference.of((String) type))
        .toList();
  }

  private static boolean isOf(String packageName, boolean beneath, RecordedInvocation call) {
    Predicate<String> reflects =
        name ->
            name.startsWith("org.springframework.aot.agent.")
                || SPRINGS.stream().anyMatch(name::startsWith)
                || name.startsWith("org.springframework.beans.AbstractNestablePropertyAccessor");
    String caller =
        call.getStackFrames()
            .map(StackWalker.StackFrame::getClassName)
            .filter(reflects.negate())
            .findFirst()
            .orElse("");
    return caller.startsWith(packageName + ".")
        && (beneath || caller.indexOf('.', packageName.length() + 1) < 0)
        && !caller.contains("Test");
  }

  /** Spring 7 takes each method of a registered type for one that is found; GraalVM 21 does not. */
  private static boolean isRegistered(RecordedInvocation call, RuntimeHints hints) {
    return call.matches(hints)
        && (!(call.<@Nullable Object>getReturnValue() instanceof Method found)
            || isNamed(found, hints));
  }

  private static boolean isNamed(Method method, RuntimeHints hints) {
    TypeHint type = hints.reflection().getTypeHint(method.getDeclaringClass());
    return type != null
        && type.methods()
            .anyMatch(
                hint ->
                    hint.getName().equals(method.getName())
                        && hint.getParameterTypes()
                            .equals(TypeReference.listOf(method.getParameterTypes())));
  }

  private static boolean isForName(RecordedInvocation call) {
    return call.getMethodReference().getMethodName().equals("forName");
  }

  private static boolean isUse(RecordedInvocation call) {
    return Set.of("invoke", "newInstance", "get", "set")
        .contains(call.getMethodReference().getMethodName());
  }

  private static String describe(RecordedInvocation call) {
    String method = call.getMethodReference().getMethodName();
    return method
        + " "
        + (isForName(call)
            ? call.getArgument(0)
            : isUse(call) ? call.getInstance() : call.getReturnValue());
  }
}
