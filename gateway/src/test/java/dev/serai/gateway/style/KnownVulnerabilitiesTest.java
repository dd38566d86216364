package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classpath is compared with the vulnerabilities we know of, what is shaded included. */
class KnownVulnerabilitiesTest {
  private static final Path FILE =
      House.ROOT.resolve("gateway/src/test/resources/style/known-vulnerabilities.yaml");

  private final List<Advisory> advisories =
      Yaml.maps(Yaml.read(FILE), "known-vulnerabilities").stream().map(Advisory::of).toList();

  @Test
  void noLibraryHasAVulnerabilityThatIsNotAnswered() throws IOException {
    List<String> open = new ArrayList<>();
    Set<Advisory> met = new TreeSet<>();
    for (Library library : classpath()) {
      List<Advisory> hit = advisories.stream().filter(a -> a.affects(library)).toList();
      met.addAll(hit);
      Set<String> accepted =
          hit.stream().filter(Advisory::accepted).map(Advisory::id).collect(Collectors.toSet());
      hit.stream()
          .filter(a -> !accepted.contains(a.id))
          .map(a -> library + " in " + library.jar + ": " + a.id)
          .forEach(open::add);
    }
    assertThat(open).isEmpty();
    assertThat(advisories.stream().filter(Advisory::accepted))
        .as("accepted although nothing has it any more")
        .allMatch(met::contains);
  }

  @Test
  void whatIsAcceptedHasATestThatHoldsUsToIt() {
    Set<String> tests =
        House.allSources().stream()
            .map(f -> House.name(f).replaceAll(".*src/test/java/|\\.java$", "").replace('/', '.'))
            .collect(Collectors.toSet());
    assertThat(advisories.stream().filter(Advisory::accepted).map(Advisory::test))
        .isSubsetOf(tests);
  }

  @Test
  void everyNettyIsFoundWhereverItIs() throws IOException {
    Set<String> found =
        classpath().stream().map(l -> l.group + ":" + l.artifact).collect(Collectors.toSet());
    assertThat(found)
        .contains(
            "io.netty:netty-codec-http",
            "io.netty:netty-transport-native-epoll",
            "org.apache.camel:camel-netty-http",
            "com.fasterxml.jackson.core:jackson-databind");
  }

  @Test
  void versionsAreComparedByNumber() {
    Advisory below = new Advisory("x", "g:a-*", "< 4.1.139", false, "");
    assertThat(below.affects(new Library("g", "a-b", "4.1.99.Final", ""))).isTrue();
    assertThat(below.affects(new Library("g", "a-b", "4.1.139.Final", ""))).isFalse();
    assertThat(below.affects(new Library("g", "a-b", "4.2", ""))).isFalse();
    assertThat(below.affects(new Library("g", "ab", "1", ""))).isFalse();
    Advisory between = new Advisory("x", "g:a", ">= 4.15.0, < 4.18.3", false, "");
    assertThat(between.affects(new Library("g", "a", "4.14.9", ""))).isFalse();
    assertThat(between.affects(new Library("g", "a", "4.17.0", ""))).isTrue();
  }

  /** Every library on the classpath: what its jar says of itself and of what is packed into it. */
  private static List<Library> classpath() throws IOException {
    List<Library> found = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar") && Files.isRegularFile(Path.of(entry))) {
        try (JarFile jar = new JarFile(entry)) {
          libraries(jar, found);
        }
      }
    }
    return found;
  }

  private static void libraries(JarFile jar, List<Library> found) throws IOException {
    Path file = Path.of(jar.getName());
    String name = file.getFileName().toString();
    Map<String, Library> inside = new TreeMap<>();
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")) {
        Properties p = properties(jar, entry);
        add(inside, p.getProperty("groupId"), p.getProperty("artifactId"), p, "version", name);
      } else if (entry.getName().equals("META-INF/io.netty.versions.properties")) {
        Properties p = properties(jar, entry);
        p.stringPropertyNames().stream()
            .filter(key -> key.endsWith(".version"))
            .forEach(key -> add(inside, "io.netty", key.replace(".version", ""), p, key, name));
      }
    }
    Path version = file.getParent();
    Path artifact = version.getParent();
    if (inside.isEmpty() && artifact != null && artifact.getParent() != null) {
      String[] group = artifact.getParent().toString().split("/repository/", 2);
      Library own =
          new Library(
              group[group.length - 1].replace('/', '.'),
              artifact.getFileName().toString(),
              version.getFileName().toString(),
              name);
      inside.put(own.toString(), own);
    }
    found.addAll(inside.values());
  }

  private static void add(
      Map<String, Library> to,
      String group,
      String artifact,
      Properties p,
      String key,
      String jar) {
    Library library = new Library(group, artifact, p.getProperty(key), jar);
    to.put(library.toString(), library);
  }

  private static Properties properties(JarFile jar, JarEntry entry) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = jar.getInputStream(entry)) {
      properties.load(in);
    }
    return properties;
  }

  private record Library(String group, String artifact, String version, String jar) {
    @Override
    public String toString() {
      return group + ":" + artifact + ":" + version;
    }
  }

  private record Advisory(
      String id, String packages, String affected, boolean accepted, String test)
      implements Comparable<Advisory> {

    static Advisory of(Map<String, Object> entry) {
      String decision = entry.get("decision").toString();
      assertThat(entry).containsKeys("id", "package", "affected", "why");
      assertThat(decision).isIn("accepted", "refused");
      boolean accepted = decision.equals("accepted");
      return new Advisory(
          entry.get("id").toString(),
          entry.get("package").toString(),
          entry.get("affected").toString(),
          accepted,
          accepted ? entry.get("test").toString() : "");
    }

    boolean affects(Library library) {
      String pattern =
          Stream.of(packages.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return (library.group + ":" + library.artifact).matches(pattern)
          && Stream.of(affected.split(","))
              .allMatch(bound -> holds(bound.strip(), library.version));
    }

    private static boolean holds(String bound, String version) {
      String[] parts = bound.split(" ");
      int order = order(version, parts[1]);
      return parts[0].equals("<") ? order < 0 : order >= 0;
    }

    /** By number, part for part; what is not a number (Final, jre) ends the comparison. */
    private static int order(String left, String right) {
      int[] a = numbers(left);
      int[] b = numbers(right);
      for (int i = 0; i < Math.max(a.length, b.length); i++) {
        int order = Integer.compare(i < a.length ? a[i] : 0, i < b.length ? b[i] : 0);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }

    private static int[] numbers(String version) {
      return Stream.of(version.split("[.-]"))
          .takeWhile(part -> part.matches("\\d{1,9}"))
          .mapToInt(Integer::parseInt)
          .toArray();
    }

    @Override
    public int compareTo(Advisory other) {
      return (id + packages).compareTo(other.id + other.packages);
    }
  }
}
