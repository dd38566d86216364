package dev.serai.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A route file whose shape is wrong is refused with the line, the word and what to write. */
class RouteShapeTest {
  private static final String VALID =
      """
      - route:
          id: adapter-x
          from:
            uri: direct:adapter-x
            steps:
              - to:
                  uri: kamelet:openai-compatible
                  parameters:
                    provider: x
                    baseUrl: http://127.0.0.1:9/v1
      """;

  private static final String FRAME =
      "- route:\n    id: adapter-x\n    from:\n      uri: direct:adapter-x\n      steps:\n";

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "route:      | rout:        | 1 | unknown word rout; did you mean route?",
        "from:       | form:        | 3 | unknown word form below route; did you mean from?",
        "uri: direct | url: direct  | 4 | unknown word url below from; did you mean uri?",
        "steps:      | step:        | 5 | unknown word step below from; did you mean steps?",
        "- to:       | - too:       | 6 | unknown word too; did you mean to?",
        "- to:       | - To:        | 6 | unknown word To; did you mean to?",
        "- to:       | - frobnicate: | 6 | unknown word frobnicate: Camel has no step of this name",
        "parameters: | parametres:  | 8 | unknown word parametres below to; did you mean parameters?",
        "id:         | idd:         | 2 | unknown word idd below route; did you mean id?",
        "id: adapter-x | id: [a]    | 2 | id must be one text",
        "id: adapter-x | group: a   | 2 | the route has no id; write 'id: NAME'",
        "http://127.0.0.1:9/v1 | {{URL}} | 10 | baseUrl must be one text; write a placeholder in quotes",
      })
  void aMisspeltWordIsNamedWithTheOneThatIsMeant(
      String right, String wrong, int line, String reason) {
    assertRefused(VALID.replace(right, wrong), line, reason);
  }

  /** A text, the line of its fault, and what the log says of it. */
  record Shape(String text, int line, String reason) {}

  static List<Shape> shapes() {
    String steps = FRAME + "        - log: hi\n";
    return List.of(
        new Shape("- route:\n    id: a\n", 2, "the route has no from; write 'from:' with 'uri:'"),
        new Shape(
            "- route:\n    id: a\n    steps:\n      - log: hi\n",
            3,
            "steps belongs to from, which is missing; write 'from:' with 'uri:'"),
        new Shape(FRAME.replace("      steps:\n", ""), 4, "from has no steps; write 'steps:'"),
        new Shape(FRAME, 5, "steps has no content; write a list below it"),
        new Shape(FRAME.replace("steps:", "steps: []"), 5, "steps is empty; write at least one"),
        new Shape(
            steps.replace("      uri: direct:adapter-x\n", ""),
            4,
            "from has no uri; write 'uri:' with an endpoint"),
        new Shape(steps.replace("- log", "log"), 6, "steps must be a list; begin each of"),
        new Shape(FRAME + "        - log\n", 6, "a step has no colon: write '- log:'"),
        new Shape(FRAME + "        - to direct:a\n", 6, "a step has no colon: write '- to:'"),
        new Shape(FRAME + "        - something\n", 6, "a step is a word with a colon, such as"),
        new Shape(FRAME + "        - to:\n", 6, "to has no content; write it below"),
        new Shape(FRAME + "        -\n", 6, "a step has no content"),
        new Shape(
            VALID.replace("provider: x", "- provider: x").replace("baseUrl", "- baseUrl"),
            9,
            "parameters must not be a list; remove the '- '"),
        new Shape(
            FRAME
                + "        - to:\n            uri: direct:adapter-x\n            parameters: a=b\n",
            8,
            "parameters must have names below it"),
        new Shape(
            FRAME + "        - to:\n          uri: direct:a\n",
            7,
            "uri belongs to to: indent it below to"),
        new Shape(
            "- route:\n  id: a\n  from:\n    uri: direct:a\n", 2, "id belongs to route: indent it"),
        new Shape(steps.replace("      ", "    "), 4, "uri belongs to from: indent it below from"),
        new Shape(
            FRAME + "        - log: hi\n          to: direct:adapter-x\n",
            7,
            "log and to are in one entry; begin each of them with '- '"),
        new Shape("- route: adapter-x\n", 1, "route must have names below it, 'from:'"),
        new Shape("- route\n", 1, "an entry of the file has no colon: write '- route:'"),
        new Shape("route:\n  id: a\n", 1, "the file must be a list; write '- route:', and indent"),
        new Shape("kind: Kamelet\n", 1, "the file must be a list of entries that begin with"),
        new Shape("- from:\n    uri: direct:a\n    steps: [{log: hi}]\n", 1, "the route has no id"),
        new Shape(FRAME + "        - choice: {when: {simple: a}}\n", 6, "when must be a list"),
        new Shape(FRAME + "        - choice: {whn: []}\n", 6, "below choice; did you mean when?"),
        new Shape(FRAME + "        - setBody: {constan: a}\n", 6, "did you mean constant?"),
        new Shape(FRAME + "        - doTry: {step: []}\n", 6, "below doTry; did you mean steps?"),
        new Shape(FRAME + "\t- log: hi\n", 6, "not valid YAML: indent with spaces, not with tabs"),
        new Shape(
            steps.replace("      steps", "     steps"), 5, "this line is indented otherwise"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aWrongShapeIsSaidInPlainWords(Shape shape) {
    assertRefused(shape.text(), shape.line(), shape.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "process: {ref: repl}       | there is no step repl; did you mean reply?",
        "to: dirct:a                | there is no component dirct; did you mean direct?",
        "to: nonsense:a             | there is no component nonsense; Serai comes without",
        "to: direct:adapter-x?tim=1 | the endpoint has no parameter tim",
        "setBody: {simple: '{{A}}'} | {{A}} has no value; {{env:NAME}} is the value of",
      })
  void whatARouteNamesAndDoesNotExistIsInItsLine(String step, String reason) {
    assertRefused(FRAME + "        - log: hi\n        - " + step + "\n", 7, reason);
  }

  /** What Camel loads has no fault for this check either. */
  @Test
  void everyRouteOfSeraiHasTheRightShape() throws IOException {
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    try (Stream<Path> files = Files.walk(checkout.resolve("routes"))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
      assertThat(all).hasSizeGreaterThan(30);
      for (Path file : all) {
        assertThat(RouteShape.fault(Files.readString(file))).as("%s", file).isEmpty();
      }
    }
    assertThat(RouteShape.fault(VALID)).isEmpty();
  }

  private void assertRefused(String text, int line, String reason) {
    routes.write("x.camel.yaml", text);
    routes.poll();
    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .contains("x.camel.yaml:" + line + ": ")
        .contains(reason)
        .doesNotContain("org.apache", "java.", "Cannot invoke");
  }
}
