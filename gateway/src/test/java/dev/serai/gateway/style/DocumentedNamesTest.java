package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names that the documentation lists are those of the code, and none is missing. */
class DocumentedNamesTest {
  /** Where a problem gets its code: a constructor or factory with the code as first text. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?:new"
              + " \\w*Problem|\\.code|(?:refused(?=\\(\\s*\\d)))\\(\\s*(?:(?:\\d{3}|[A-Z_]+),\\s*)?\"([a-z_]+)\"");

  /** Codes that all problems of one class have, or that are made of a name and a suffix. */
  private static final Set<String> OF_A_CLASS =
      Set.of(
          "external_service_error",
          "feedback_unavailable",
          "internal_error",
          "invalid_api_key",
          "ledger_unavailable",
          "sessions_unavailable",
          "tenants_unavailable",
          "users_unavailable",
          "roles_unavailable",
          "budgets_unavailable",
          "credentials_unavailable",
          "experiments_unavailable",
          "prompts_unavailable");

  private static final Pattern STEP =
      Pattern.compile("^ +([a-z]+(?:-[a-z]+)+) {2,}", Pattern.MULTILINE);

  private static final Pattern CELL =
      Pattern.compile("^\\| \\d{3} \\| `[a-z_]+` \\| (.*?) \\|", Pattern.MULTILINE);

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z/0-9]+)` \\|");

  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.[A-Z]\\w+)?`");

  /** Classes of libraries, nested types, and words that look like classes. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "AsyncAppender",
          "Authenticated",
          "BedrockRuntimeAsyncClient",
          "CamelHttpResponseCode",
          "CamelNettyChannelHandlerContext",
          "ConsoleHandler",
          "DELETE",
          "EnumSet",
          "FileHandler",
          "GOAWAY",
          "Http2MultiplexHandler",
          "HttpClient",
          "Mac",
          "Origin",
          "Rejected",
          "RouteWatcherReloadStrategy",
          "UPDATE",
          "Unknown");

  private static final Pattern WORD = Pattern.compile("(?m)^\\| ([a-z][^|]*?) \\|");

  /** A file or folder of the repository; three dots stand for folders that are left out. */
  private static final Pattern PATH = Pattern.compile("`([a-z0-9]+/[\\w./-]*)`");

  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  @Test
  void everyErrorCodeIsOnThePageOfErrors() {
    Set<String> raised = new TreeSet<>(OF_A_CLASS);
    for (Path file : House.mainSources()) {
      raised.addAll(matches(CODE, House.read(file)));
    }
    Set<String> documented = new TreeSet<>();
    for (String cell : matches(CELL, page("docs/errors.md"))) {
      documented.addAll(matches(NAME, cell));
    }
    assertThat(documented).containsExactlyInAnyOrderElementsOf(raised);
  }

  @Test
  void everyStepOnThePageOfTheArchitectureIsInARoute() {
    String routes =
        House.routeFiles().stream().map(House::read).collect(Collectors.joining("\n"))
            + House.files(House.ROOT.resolve("adapters/kamelets"), ".yaml").stream()
                .map(House::read)
                .collect(Collectors.joining("\n"));
    Set<String> steps = matches(STEP, page("docs/architecture.md"));
    assertThat(steps).hasSizeGreaterThan(8);
    assertThat(steps).allSatisfy(step -> assertThat(routes).contains(step));
  }

  @Test
  void everyModuleIsOnThePageOfTheArchitecture() {
    Set<String> rows = matches(ROW, page("docs/architecture.md"));
    assertThat(rows).containsAll(House.MODULES);
    assertThat(rows).allSatisfy(row -> assertThat(House.ROOT.resolve(row)).isDirectory());
  }

  @Test
  void everyClassOnThePagesAboutTheCodeIsThere() {
    Set<String> classes =
        House.allSources().stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    classes.addAll(OF_OTHERS);
    List<Path> pages = new ArrayList<>(House.files(House.ROOT.resolve("docs/adr"), ".md"));
    for (String page : List.of("development", "architecture", "operations", "vocabulary")) {
      pages.add(House.ROOT.resolve("docs/" + page + ".md"));
    }
    for (Path page : pages) {
      String text = House.read(page).replaceAll("(?s)```.*?```", "");
      assertThat(classes).as(page.toString()).containsAll(matches(CLASS, text));
    }
  }

  @Test
  void noWordOfTheVocabularyIsThereTwice() {
    List<String> words =
        WORD.matcher(page("docs/vocabulary.md")).results().map(found -> found.group(1)).toList();
    assertThat(words).hasSizeGreaterThan(50).doesNotHaveDuplicates();
  }

  /** So that who adds something finds the place. */
  @Test
  void everyPathOnThePageOfTheDevelopmentIsThere() {
    String page = page("docs/development.md").replaceAll("(?s)```.*?```", "");
    Set<String> paths = matches(PATH, page);
    assertThat(paths).hasSizeGreaterThan(40);
    assertThat(paths)
        .filteredOn(path -> !path.contains("/target/"))
        .allMatch(DocumentedNamesTest::isThere);
  }

  /** Whether there is such a file or folder, or such a package of a module. */
  private static boolean isThere(String path) {
    String[] parts = path.replaceAll("/$", "").split("/\\.\\.\\./", 2);
    if (parts.length == 1) {
      String module = path.substring(0, path.indexOf('/'));
      return Files.exists(House.ROOT.resolve(path))
          || Files.isDirectory(House.ROOT.resolve(module + "/src/main/java/dev/serai/" + path));
    }
    return House.files(House.ROOT.resolve(parts[0]), "").stream()
        .map(file -> file + "/")
        .anyMatch(file -> file.contains("/" + parts[1] + "/"));
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String page(String name) {
    return House.read(House.ROOT.resolve(name));
  }
}
