package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's reply, and how it is sent. A client chooses it by the model's name; the part before
 * {@code --} is ignored, so that a cassette can have the name of a real model.
 *
 * @param status of the reply
 * @param said its content
 * @param gap between two events of a stream, and before a non-streaming reply
 * @param trouble the fault
 * @param after the number of tokens before the fault
 */
public record Cassette(int status, Said said, Duration gap, Trouble trouble, int after) {
  /** A fault: in a stream after some tokens, in a non-streaming reply after half of it. */
  public enum Trouble {
    NONE,
    /** The first event comes, and the others when the test opens the gate. */
    GATED,
    /** Nothing more comes. */
    HANG,
    /** Not even a status line comes. */
    HANG_BEFORE_HEAD,
    /** Half of an event comes, and nothing more. */
    HANG_MID_EVENT,
    /** The connection ends in order, but in the midst. */
    FIN,
    /** The connection is reset. */
    RST,
    /** The stream ends as HTTP wants it, without the grammar's last word. */
    NO_LAST_WORD,
    /** The provider's own error event. */
    ERROR_EVENT,
    /** What is not an event of any grammar. */
    GARBAGE,
    /** An event with bytes that are not UTF-8. */
    BAD_UTF8,
    /** A line of a megabyte. */
    LONG_LINE,
    /** Everything comes, each byte on its own. */
    BYTE_BY_BYTE
  }

  static final Said HELLO = Said.text("Hello", ", ", "wörld", " 👋", "! ", "日本", ".");
  static final Said.ToolCall WEATHER =
      new Said.ToolCall(
          "call_weather1",
          "get_weather",
          List.of("{\"city\":", " \"Zü", "rich\", \"days\"", ": 2}"));
  static final Said.ToolCall TIME =
      new Said.ToolCall("call_time2", "get_time", List.of("{\"zo", "ne\": \"CET\"}"));

  /** Of all signed reasoning. */
  static final String SIGNATURE = "EqQBCgIYAhIM1gbcDa9GJwZA2b3h";

  private static final Pattern PACED = Pattern.compile("(paced|gated)-(\\d+)x(\\d+)");
  private static final Pattern COUNTED = Pattern.compile("--counted-(\\d+)-(\\d+)-(\\d+)");
  private static final Pattern ERROR = Pattern.compile("error-(\\d{3})");
  private static final Map<String, Trouble> TROUBLES =
      Map.ofEntries(
          Map.entry("hang-first-token", Trouble.HANG),
          Map.entry("hang-before-head", Trouble.HANG_BEFORE_HEAD),
          Map.entry("hang-mid-stream", Trouble.HANG),
          Map.entry("hang-mid-event", Trouble.HANG_MID_EVENT),
          Map.entry("fin-mid-stream", Trouble.FIN),
          Map.entry("rst-mid-stream", Trouble.RST),
          Map.entry("no-last-word", Trouble.NO_LAST_WORD),
          Map.entry("error-after-200", Trouble.ERROR_EVENT),
          Map.entry("garbage-mid-stream", Trouble.GARBAGE),
          Map.entry("bad-utf8", Trouble.BAD_UTF8),
          Map.entry("long-line", Trouble.LONG_LINE),
          Map.entry("byte-by-byte", Trouble.BYTE_BY_BYTE));

  /** The cassette of a model's name. {@code structured} and {@code image} look at the request. */
  static Cassette of(String model, Grammar grammar, JsonNode request) {
    String name = model.contains("--") ? model.substring(model.lastIndexOf("--") + 2) : model;
    Matcher paced = PACED.matcher(name);
    if (paced.matches()) {
      Duration gap = Duration.ofMillis(Long.parseLong(paced.group(3)));
      Said said = Said.counting(Integer.parseInt(paced.group(2)));
      boolean gated = paced.group(1).equals("gated");
      return new Cassette(200, said, gap, gated ? Trouble.GATED : Trouble.NONE, 0);
    }
    Matcher error = ERROR.matcher(name);
    if (error.matches()) {
      return new Cassette(Integer.parseInt(error.group(1)), HELLO, Duration.ZERO, Trouble.NONE, 0);
    }
    Optional<Said.Counts> counts = counted(model);
    if (counts.isPresent()) {
      return plain(HELLO.counting(counts.get()));
    }
    Trouble trouble = TROUBLES.get(name);
    if (trouble != null) {
      return new Cassette(
          200, HELLO, Duration.ZERO, trouble, name.equals("hang-first-token") ? 0 : 3);
    }
    return switch (name) {
      case "agent" -> plain(Agent.turn(request));
      case "tools" -> plain(new Said(List.of(WEATHER), "tool_calls"));
      case "tools-parallel" ->
          plain(new Said(List.of(new Said.Text("Looking."), WEATHER, TIME), "tool_calls"));
      case "thinking" ->
          plain(
              new Said(
                  List.of(
                      new Said.Reasoning("Let me think.", SIGNATURE), new Said.Text("Thought.")),
                  "stop"));
      case "refusal" -> plain(Said.text("I ", "will not.").endingWith("refusal"));
      case "empty" -> plain(new Said(List.of(), "stop"));
      case "filtered" -> plain(Said.text("I ", "will not.").endingWith("content_filter"));
      case "length" -> plain(Said.text("and so").endingWith("length"));
      case "structured" -> structured(grammar, request);
      case "image" -> grammar.hasImage(request) ? plain(Said.text("A red ", "square.")) : bad();
      case "slow" -> plain(Said.counting(20)).every(Duration.ofMillis(50));
      case "long-stream" -> plain(Said.counting(3000)).every(Duration.ofMillis(20));
      default -> plain(HELLO);
    };
  }

  /** The tokens that {@code counted-PROMPT-CACHED-COMPLETION} reports. */
  public static Optional<Said.Counts> counted(String model) {
    Matcher counts = COUNTED.matcher(model);
    return counts.find()
        ? Optional.of(
            new Said.Counts(
                Integer.parseInt(counts.group(1)),
                Integer.parseInt(counts.group(2)),
                Integer.parseInt(counts.group(3))))
        : Optional.empty();
  }

  private static Cassette structured(Grammar grammar, JsonNode request) {
    if (!grammar.hasSchema(request)) {
      return bad();
    }
    String tool = request.at("/tool_choice/name").asText();
    if (grammar instanceof BedrockGrammar) {
      tool = request.at("/toolConfig/toolChoice/tool/name").asText();
    }
    if (!tool.isEmpty()) {
      Said.ToolCall call =
          new Said.ToolCall("toolu_1", tool, List.of("{\"name\": \"Ada\",", " \"age\": 36}"));
      return plain(new Said(List.of(call), "tool_calls"));
    }
    return plain(Said.text("{\"name\": \"Ada\",", " \"age\": 36}"));
  }

  private static Cassette plain(Said said) {
    return new Cassette(200, said, Duration.ZERO, Trouble.NONE, 0);
  }

  /** What the cassette's model looks for is not in the request. */
  private static Cassette bad() {
    return new Cassette(400, HELLO, Duration.ZERO, Trouble.NONE, 0);
  }

  private Cassette every(Duration pause) {
    return new Cassette(status, said, pause, trouble, after);
  }
}
