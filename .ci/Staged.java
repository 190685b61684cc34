// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/**
 * {@code java .ci/Staged.java STAGING VERSION REPOSITORY} prints what Maven Central requires of each staged
 * module, and what this project promises beyond that: "-" where it does not apply, "NO" where it fails. The
 * repository has what the check's jar contains.
 */
class Staged {
  private static final Pattern LIBRARY = Pattern.compile("\"purl\" : \"pkg:maven/([^@]+)@([^?]+)");

  private static final Pattern NEEDS = Pattern.compile("\"ref\" : (\"[^\"]+\")(?:,\\s*\"dependsOn\" : \\[([^]]*)])?");
  private static final Pattern REFERENCE = Pattern.compile("\"pkg:maven/([^?]+)[^\"]*\"");
  private static final Pattern SHADED = Pattern.compile("io/github/tracingpropagation/check/shaded/(\\w+)/(.*\\.class)");

  /** What the SBOMs name: each library in one version. */
  private static final Map<String, String> versions = new TreeMap<>();

  private static Path repository;

  private final Path folder;
  private final String name;
  private final Document pom;
  private final Map<String, String> row = new LinkedHashMap<>();

  private Staged(Path folder, String version) throws Exception {
    this.folder = folder;
    name = folder.getParent().getFileName() + "-" + version;
    pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file(".pom"));
  }

  public static void main(String[] args) throws Exception {
    repository = Path.of(args[2]);
    List<Staged> modules = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(Path.of(args[0]))) {
      for (Path path : paths.filter(it -> it.endsWith(args[1])).sorted().toList()) {
        modules.add(new Staged(path, args[1]));
      }
    }
    List<String> published;
    try (Stream<Path> paths = Files.list(Path.of("."))) {
      published = paths.filter(it -> Files.exists(it.resolve("api.txt"))).map(Path::toString).toList();
    }
    for (Staged module : modules) {
      module.check();
    }
    modules.forEach(it -> System.out.printf("%-42s %s%n", it.name, it.row));
    System.out.println("Libraries in SBOMs: " + versions);
    boolean failed = modules.stream().anyMatch(it -> it.row.containsValue("NO"));
    if (modules.size() != published.size() + 1) {
      System.err.println(modules.size() + " modules are staged, not the BOM and " + published);
      failed = true;
    }
    System.exit(failed ? 1 : 0);
  }

  private void check() throws Exception {
    boolean jar = !text("packaging").equals("pom");
    require("coordinates", !name.contains("SNAPSHOT") && text("groupId").contains("."));
    for (String element : List.of("name", "description", "url", "licenses/license/url",
        "developers/developer/name", "scm/url", "scm/connection", "scm/developerConnection")) {
      require(element.replaceAll("/.*/", "/"), !text(element).isBlank());
    }
    long bytes = file(".pom").length();
    require("POM of " + bytes + " bytes", bytes < 5_000);
    require("no parent", count("parent|build|profiles|properties|repositories") == 0);
    require("dependencies", count("dependencies/dependency[optional='true' or not(scope='compile')]") == 0);
    List<String> files = new ArrayList<>(List.of(".pom"));
    if (jar) {
      files.addAll(List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"));
    }
    for (String ending : files) {
      require(ending.replaceAll("^[-.]|\\.(jar|json)$", ""), isSound(file(ending)));
    }
    if (jar) {
      row.put("jar's bytes", Long.toString(file(".jar").length()));
      try (JarFile main = new JarFile(file(".jar")); JarFile sources = new JarFile(file("-sources.jar"));
          JarFile javadoc = new JarFile(file("-javadoc.jar"))) {
        require("license", Stream.of(main, sources, javadoc).allMatch(
            it -> it.getEntry("META-INF/LICENSE") != null && it.getEntry("META-INF/NOTICE") != null));
        var manifest = main.getManifest().getMainAttributes();
        require("Automatic-Module-Name", manifest.getValue("Automatic-Module-Name") != null);
        List<String> others = otherThanTested(main);
        require("classes as tested" + (others.isEmpty() ? "" : ", but for " + others), others.isEmpty());
        require("OSGi", manifest.getValue("Bundle-SymbolicName") != null
            && manifest.getValue("Import-Package") != null);
      }
      String sbom = Files.readString(file("-cyclonedx.json").toPath());
      require("SBOM", LIBRARY.matcher(sbom).find() && LIBRARY.matcher(sbom).results().allMatch(
          it -> it.group(2).equals(versions.computeIfAbsent(it.group(1), library -> it.group(2)))));
      Set<String> differs = otherThanDeclared(sbom);
      require("SBOM as POM and jar" + (differs.isEmpty() ? "" : ", but for " + differs), differs.isEmpty());
    }
  }

  /**
   * Returns what the SBOM lists or lacks: it is to have what the POM declares, what that needs itself,
   * and what the jar contains of others.
   */
  private Set<String> otherThanDeclared(String sbom) throws Exception {
    Map<String, List<String>> needs = new HashMap<>();
    NEEDS.matcher(sbom).results().forEach(it ->
        needs.put(references(it.group(1)).get(0), it.group(2) == null ? List.of() : references(it.group(2))));
    Set<String> listed = LIBRARY.matcher(sbom).results().map(it -> it.group(1) + "@" + it.group(2)).collect(Collectors.toSet());
    listed.remove(text("groupId") + "/" + text("artifactId") + "@" + text("version"));

    Set<String> expected = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (int i = 1; i <= count("dependencies/dependency"); i++) {
      String dependency = "dependencies/dependency[" + i + "]/";
      open.add(text(dependency + "groupId") + "/" + text(dependency + "artifactId") + "@" + text(dependency + "version"));
    }
    while (!open.isEmpty()) {
      String library = open.pop();
      if (expected.add(library)) {
        open.addAll(needs.getOrDefault(library, List.of()));
      }
    }
    expected.addAll(contained(listed.stream().filter(it -> !expected.contains(it)).toList()));

    Set<String> differs = new TreeSet<>(expected);
    differs.removeAll(listed);
    listed.removeAll(expected);
    differs.addAll(listed);
    return differs;
  }

  private static List<String> references(String json) {
    return REFERENCE.matcher(json).results().map(it -> it.group(1)).toList();
  }

  /** Returns those libraries that relocated classes of the jar are from, and the classes that are from none. */
  private Set<String> contained(List<String> libraries) throws Exception {
    Map<String, String> origins = new HashMap<>();
    for (String library : libraries) {
      String[] parts = library.split("[/@]");
      Path jar = repository.resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2])
          .resolve(parts[1] + "-" + parts[2] + ".jar");
      try (JarFile classes = new JarFile(jar.toFile())) {
        classes.stream().forEach(it -> origins.put(it.getName(), library));
      }
    }
    Map<String, String> packages = Map.of("picocli", "picocli/", "google", "com/google/", "grpc", "io/grpc/", "netty", "io/netty/");
    try (JarFile main = new JarFile(file(".jar"))) {
      return main.stream().flatMap(it -> SHADED.matcher(it.getName()).results())
          .map(it -> packages.get(it.group(1)) + it.group(2))
          .map(it -> origins.getOrDefault(it, it))
          .collect(Collectors.toSet());
    }
  }

  /**
   * Returns the classes that "mvn verify" did not test like that: it compiles with the newest
   * releases, a staging with the oldest.
   */
  private List<String> otherThanTested(JarFile staged) throws Exception {
    String artifact = folder.getParent().getFileName().toString();
    List<Path> built;
    try (Stream<Path> paths = Files.find(Path.of("."), 3, (path, attributes) ->
        path.toString().matches("\\./[^/]+/target/" + artifact + "-[0-9.]+(-SNAPSHOT)?\\.jar"))) {
      built = paths.toList();
    }
    if (built.size() != 1) {
      return List.of("all: mvn verify built " + built);
    }
    List<String> others = new ArrayList<>();
    try (JarFile tested = new JarFile(built.get(0).toFile())) {
      for (String name : Stream.concat(staged.stream(), tested.stream()).map(JarEntry::getName).distinct().sorted().toList()) {
        if (name.endsWith(".class") && !Arrays.equals(bytes(staged, name), bytes(tested, name))) {
          others.add(name.replaceAll(".*/|\\.class", ""));
        }
      }
    }
    return others;
  }

  private static byte[] bytes(JarFile jar, String name) throws Exception {
    JarEntry entry = jar.getJarEntry(name);
    return entry == null ? null : jar.getInputStream(entry).readAllBytes();
  }

  /** Returns whether the file has a valid signature and the checksums that stand beside it. */
  private boolean isSound(File file) throws Exception {
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file.toPath()));
      Path beside = Path.of(file + "." + algorithm.replace("-", "").toLowerCase());
      if (!Files.readString(beside).equals(HexFormat.of().formatHex(digest))) {
        return false;
      }
    }
    return new ProcessBuilder("gpg", "-q", "--batch", "--verify", file + ".asc", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor() == 0;
  }

  private void require(String what, boolean holds) {
    row.put(what, holds ? "ok" : "NO");
  }

  private File file(String ending) {
    return folder.resolve(name + ending).toFile();
  }

  private String text(String path) throws Exception {
    return XPathFactory.newInstance().newXPath().evaluate("/project/" + path, pom);
  }

  private int count(String path) throws Exception {
    return Integer.parseInt(
        XPathFactory.newInstance().newXPath().evaluate("count(/project/" + path.replace("|", "|/project/") + ")", pom));
  }
}
