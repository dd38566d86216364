package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages of {@code processors} mirror the files in {@code routes/}: a step of {@code
 * accounting.camel.yaml} is a class in the package {@code accounting}, and so is one of a file in a
 * folder {@code routes/accounting}. The kamelets and the adapter routes belong to {@code chat},
 * whose {@code direct:attempt} calls them. A step that several files use is in one of the shared
 * packages below.
 */
class MirrorTest {
  private static final String CHAT = "chat";
  private static final String ADAPTERS = "adapters";

  /** Packages whose steps may be used by any route file, and why. */
  private static final Map<String, String> SHARED =
      Map.of(
          "admission", "chat, relay and token counts are admitted alike",
          "attempt", "the candidates of a fan-out are tried as all others",
          "fanout", "chat leads to it, and its routes are in a file of their own, to be copied",
          "feedback", "what bandits learn from is said by callers, or drawn among the chat calls",
          "edge", "calls that the gateway makes itself end as those of clients",
          "chat", "every surface reads chat requests and writes chat replies with the same steps",
          "relay", "OpenAI's and Ollama's embeddings are read and written by the same steps",
          "routing", "chat, token counts and relay are planned alike");

  /** Packages of steps that belong to the file of another package, which has enough classes. */
  private static final Map<String, String> PARTS =
      Map.of("privacy", CHAT, "guard", CHAT, "hedge", CHAT, "cache", CHAT, "turns", CHAT);

  /** Packages without steps. */
  private static final Set<String> WITHOUT_STEPS =
      Set.of("management", "retry", "strategy", "stream", "support");

  @Test
  void everyStepIsInThePackageOfItsRouteFileOrInASharedOne() {
    Map<String, Set<String>> users = usersOfSteps();
    List<String> misplaced = new ArrayList<>();
    packagesOfSteps()
        .forEach(
            (step, folder) -> {
              Set<String> files = users.getOrDefault(step, Set.of());
              if (!SHARED.containsKey(folder)
                  && !files.equals(Set.of(PARTS.getOrDefault(folder, folder)))) {
                misplaced.add(step + " in " + folder + " is used by " + files);
              }
            });
    assertThat(misplaced).isEmpty();
  }

  @Test
  void aSharedPackageIsSharedByTwoRouteFilesAtLeast() {
    Map<String, Set<String>> users = usersOfSteps();
    Map<String, Set<String>> sharing = new TreeMap<>();
    packagesOfSteps()
        .forEach(
            (step, folder) ->
                sharing
                    .computeIfAbsent(folder, _ -> new TreeSet<>())
                    .addAll(users.getOrDefault(step, Set.of())));
    assertThat(SHARED.keySet())
        .allMatch(folder -> sharing.getOrDefault(folder, Set.of()).size() > 1);
  }

  @Test
  void everyPackageWithoutStepsIsNamedHere() {
    Set<String> packages = new TreeSet<>();
    processors().forEach(source -> packages.add(packageOf(source)));
    packages.removeAll(Set.copyOf(packagesOfSteps().values()));
    assertThat(packages).isEqualTo(WITHOUT_STEPS);
  }

  /** Step names and the package that each step's class is in. */
  private static Map<String, String> packagesOfSteps() {
    Set<String> steps = usersOfSteps().keySet();
    Map<String, String> homes = new TreeMap<>();
    for (Path source : processors()) {
      String type = source.getFileName().toString().replace(".java", "");
      String step = RoutesTest.stepName(type);
      if (steps.contains(step)) {
        homes.put(step, packageOf(source));
      }
    }
    assertThat(homes.keySet()).isEqualTo(steps);
    return homes;
  }

  /** Step names and the route files that use each step, without their extension. */
  private static Map<String, Set<String>> usersOfSteps() {
    Map<String, Set<String>> users = new TreeMap<>();
    Stream.concat(House.routeFiles().stream(), House.kameletFiles().stream())
        .forEach(
            file ->
                Yaml.visit(
                    Yaml.read(file),
                    (key, value) -> {
                      if (key.equals("process")) {
                        String step = Yaml.map(value, House.name(file)).get("ref").toString();
                        users.computeIfAbsent(step, _ -> new TreeSet<>()).add(nameOf(file));
                      }
                    }));
    return users;
  }

  private static String nameOf(Path file) {
    Path inRoutes = House.ROOT.resolve("routes").relativize(file);
    String first = inRoutes.getName(0).toString();
    return file.startsWith(House.ROOT.resolve("routes")) && !first.equals(ADAPTERS)
        ? first.replace(".camel.yaml", "")
        : CHAT;
  }

  private static List<Path> processors() {
    return House.files(House.ROOT.resolve("processors/src/main/java"), ".java");
  }

  private static String packageOf(Path source) {
    return source.getParent().getFileName().toString();
  }
}
