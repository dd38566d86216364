package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One job has one class name in every dialect package: who knows one dialect finds the way in the
 * others. A dialect package knows no other dialect, only the packages that all share.
 */
class DialectShapeTest {
  private static final String PACKAGE = "dev/serai/adapters/dialects";
  private static final Path DIALECTS =
      House.ROOT.resolve("adapters/dialects/src/main/java").resolve(PACKAGE);

  private static final Set<String> SHARED =
      Set.of(
          "claude",
          "embedding",
          "json",
          "media",
          "openaiapi",
          "problem",
          "request",
          "schema",
          "stream",
          "tool",
          "translation");

  /** Packages whose dialect only adds to others, which it is given, and translates nothing. */
  private static final Set<String> DELEGATING = Set.of("vertex");

  /** Packages of what clients speak and no provider does. */
  private static final Set<String> CLIENTS_ONLY = Set.of("ask", "message");

  private static final List<String> PROVIDER_SIDE =
      List.of(
          "RequestWriter",
          "ResponseReader",
          "StreamDecoder",
          "ErrorReader",
          "UsageReader",
          "ModelTraits");

  private static final List<String> CLIENT_SIDE =
      List.of("RequestReader", "RequestSplicer", "StreamRelay", "ResponseWriter", "StreamWriter");

  /** The package with the classes that several dialects have in common, by dialect. */
  private static final Map<String, String> COMMON =
      Map.of("openai", "openaiapi", "responses", "openaiapi");

  /** Classes that a package does not have, with the reason. An entry must be true. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "anthropic.ModelTraits", "claude.ClaudeTraits: Bedrock has the same models",
          "ollama.ModelTraits", "Ollama accepts every option for every model");

  private static final Pattern SYNONYM =
      Pattern.compile(
          "Answer|Walk|Tally|Failure|Garbled|Thought(?!Signature)|Picture|Vector|Told|Said|Unsaid"
              + "|Kept|Words|Dropping|Understand");

  /** An import, or a name written in full within the code. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?<!package )" + PACKAGE.replace("/", "\\.") + "\\.([a-z]+)");

  /** A string literal that may be the name of a dialect. */
  private static final Pattern NAME = Pattern.compile("\"([a-z]+)\"");

  @Test
  void everyDialectPackageHasTheSameClasses() {
    List<String> missing = new ArrayList<>();
    List<String> dialects = dialects();
    for (String dialect : dialects) {
      List<String> grid = new ArrayList<>(PROVIDER_SIDE);
      if (classes(dialect).stream().anyMatch(name -> name.endsWith("Surface"))) {
        grid.addAll(CLIENT_SIDE);
      }
      grid.removeAll(classes(dialect));
      grid.removeAll(common(dialect));
      grid.forEach(name -> missing.add(dialect + "." + name));
    }
    assertThat(dialects)
        .contains("openai", "responses", "anthropic", "bedrock", "gemini", "ollama");
    assertThat(missing)
        .as("Classes of the grid that a dialect package lacks; stale exceptions must go.")
        .containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
  }

  @Test
  void noClassHasASynonymForAName() {
    List<String> named = new ArrayList<>();
    for (String room : rooms()) {
      for (String name : classes(room)) {
        if (SYNONYM.matcher(name).find()) {
          named.add(room + "." + name);
        }
      }
    }
    assertThat(named).as("See docs/vocabulary.md for the words to use.").isEmpty();
  }

  @Test
  void aDialectKnowsNoOtherDialect() {
    Map<String, String> known = new TreeMap<>();
    for (String room : rooms()) {
      for (Path file : House.files(DIALECTS.resolve(room), ".java")) {
        for (MatchResult found : REFERENCE.matcher(House.read(file)).results().toList()) {
          String other = found.group(1);
          if (!other.equals(room) && !SHARED.contains(other)) {
            known.put(room + "." + simpleName(file), other);
          }
        }
      }
    }
    assertThat(known).as("Code that dialects share belongs in a shared package.").isEmpty();
  }

  /** A dialect that asks for another one by its name knows it, too. */
  @Test
  void aDialectDoesNotNameAnotherDialect() {
    Map<String, String> named = new TreeMap<>();
    List<String> dialects = dialects();
    for (String dialect : dialects) {
      for (Path file : House.files(DIALECTS.resolve(dialect), ".java")) {
        for (MatchResult found : NAME.matcher(House.read(file)).results().toList()) {
          String other = found.group(1);
          if (!other.equals(dialect) && dialects.contains(other)) {
            named.put(dialect + "." + simpleName(file), other);
          }
        }
      }
    }
    assertThat(named).as("Ask the provider's profile for what differs.").isEmpty();
  }

  /** The classes of the common package that the dialect's own classes use. */
  private static List<String> common(String dialect) {
    String room = COMMON.get(dialect);
    if (room == null) {
      return List.of();
    }
    String code =
        House.files(DIALECTS.resolve(dialect), ".java").stream()
            .map(House::read)
            .collect(Collectors.joining());
    String prefix = PACKAGE.replace("/", ".") + "." + room + ".";
    return classes(room).stream().filter(name -> code.contains(prefix + name + ";")).toList();
  }

  private static List<String> dialects() {
    return rooms().stream()
        .filter(room -> !SHARED.contains(room) && !DELEGATING.contains(room))
        .filter(room -> !CLIENTS_ONLY.contains(room))
        .toList();
  }

  private static List<String> rooms() {
    return House.files(DIALECTS, "package-info.java").stream()
        .map(Path::getParent)
        .filter(folder -> DIALECTS.equals(folder.getParent()) && Files.isDirectory(folder))
        .map(folder -> String.valueOf(folder.getFileName()))
        .toList();
  }

  private static List<String> classes(String room) {
    return House.files(DIALECTS.resolve(room), ".java").stream()
        .filter(file -> DIALECTS.resolve(room).equals(file.getParent()))
        .map(DialectShapeTest::simpleName)
        .toList();
  }

  private static String simpleName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ".java".length());
  }
}
