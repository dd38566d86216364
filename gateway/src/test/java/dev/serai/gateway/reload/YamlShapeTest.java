package dev.serai.gateway.reload;

import static dev.serai.gateway.reload.RoutesUnderTest.route;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Route files that would end a reader with recursion are refused, and the old route serves. */
class YamlShapeTest {
  private static final int DEEP = 10_000;
  private static final String STEPS =
      "- route:\n    id: adapter-x\n    from:\n      uri: direct:adapter-x\n      steps: ";

  @TempDir Path home;
  private RoutesUnderTest routes;

  @BeforeEach
  void start() throws Exception {
    routes = new RoutesUnderTest(home);
  }

  @AfterEach
  void stop() {
    routes.close();
  }

  static List<String> deep() {
    StringBuilder indented = new StringBuilder("- route:\n");
    for (int i = 2; i < 200; i++) {
      indented.append(" ".repeat(2 * i)).append("steps:\n");
    }
    return List.of(
        STEPS + "[".repeat(DEEP),
        STEPS + "[".repeat(DEEP) + "]".repeat(DEEP) + "\n",
        STEPS + "{a: ".repeat(DEEP) + "}".repeat(DEEP) + "\n",
        STEPS + "[{to: ".repeat(DEEP) + "}]".repeat(DEEP) + "\n",
        "- ".repeat(DEEP) + "a\n",
        "? ".repeat(DEEP) + "a\n",
        indented.toString());
  }

  static List<String> aliases() {
    return List.of(
        STEPS + "&a [*a]\n",
        STEPS + "&a [{to: {uri: log:x, parameters: &b {c: *b}}}]\n",
        STEPS + "[&a {to: log:x}, *a]\n",
        "- &a\n  route: *a\n",
        "&a [*a, *a]\n");
  }

  @ParameterizedTest
  @MethodSource("deep")
  void whatIsNestedTooDeeplyIsRefused(String text) {
    assertRefused(text, "nested deeper than 64 levels");
  }

  @ParameterizedTest
  @MethodSource("aliases")
  void aliasesAreRefused(String text) {
    assertRefused(text, "aliases such as *name are not allowed");
  }

  @Test
  void anAnchorThatNothingRefersToIsAllowed() {
    routes.write("x.camel.yaml", route("x", "new").replace("- route:", "- route: &a"));
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo("new");
  }

  /** Whatever brackets, anchors and aliases a file has: it is loaded or refused. */
  @Test
  void noCombinationOfBracketsAnchorsAndAliasesEndsTheWatcher() {
    String[] pieces = {"[", "]", "{", "}", "- ", "? ", ": ", "&a ", "*a ", "\n", "  ", "a", ", "};
    Random random = new Random(7);
    routes.write("x.camel.yaml", route("x", "old"));
    routes.poll();
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder(STEPS);
      for (int i = random.nextInt(40); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)].repeat(1 + random.nextInt(3)));
      }
      routes.write("y.camel.yaml", text.toString().replace("adapter-x", "adapter-y"));
      routes.poll();
    }
    assertThat(routes.call("adapter-x")).isEqualTo("old");
  }

  private void assertRefused(String text, String reason) {
    routes.write("x.camel.yaml", route("x", "old"));
    routes.poll();
    routes.write("x.camel.yaml", text);
    routes.poll();
    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .matches("(?s).*x\\.camel\\.yaml:[0-9]+: .*")
        .contains(reason);
    assertThat(routes.call("adapter-x")).isEqualTo("old");
  }
}
