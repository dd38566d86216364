package dev.serai.adapters.dialects.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.ask.AskRequest.Fields;
import dev.serai.adapters.dialects.ask.AskSurface.Rules;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.prompt.PromptMember;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.CallLabels;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.QualityTarget.Level;
import dev.serai.core.text.KnownNames;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a request and checks its members. A member that is null counts as absent. Pure. */
final class RequestReader {
  /** The members that a request may have. */
  static final Set<String> KNOWN =
      Set.of(
          "prompt",
          "model",
          "conversation_id",
          "session_id",
          "quality",
          "max_cost_usd",
          "latency_slo_ms",
          "context_refs",
          "tenant",
          "task_type",
          "consistency_level");

  private static final Set<String> LEVELS_OF_CONSISTENCY = Set.of("EVENTUAL", "RYW");
  private static final double NANO_USD = 1e9;
  private static final double MIN_USD = 0.001;
  private static final double MAX_USD = 10;
  private static final double DEFAULT_USD = 0.05;
  private static final int MIN_MILLIS = 100;
  private static final int MAX_MILLIS = 30_000;
  private static final int DEFAULT_MILLIS = 2_000;

  /** A character of a JSON string takes at most as many bytes: an escape. */
  private static final int MAX_BYTES_PER_CHARACTER = 12;

  private final JsonNode body;

  private RequestReader(JsonNode body) {
    this.body = body;
  }

  static AskRequest read(byte[] bytes, Rules rules) {
    JsonMembers members = PromptMember.requireNone(JsonMembers.ofRequest(bytes));
    refuseLong(members, rules.maxPromptChars());
    RequestReader reader = new RequestReader(tree(members));
    refuseMisspelt(members);
    reader.checkContext();
    reader.checkConsistency();
    Fields fields =
        new Fields(
            reader.prompt(rules.maxPromptChars()),
            reader.labels(),
            reader.target(),
            reader.text("tenant").filter(name -> !name.isEmpty()));
    return new AskRequest(members, reader.model(rules.model()), fields);
  }

  /** Other members have no effect: the client is not to think that a misspelt one had one. */
  private static void refuseMisspelt(JsonMembers members) {
    Optional<String> misspelt = KnownNames.misspelt(members.names(), KNOWN);
    if (misspelt.isPresent()) {
      String name = misspelt.get();
      throw invalid(name, "Unknown member '" + name + "'. " + KnownNames.hint(name, KNOWN));
    }
  }

  private static JsonNode tree(JsonMembers members) {
    try {
      return StrictJson.tree(members.bytes());
    } catch (MalformedInput e) {
      throw e.ofRequest();
    }
  }

  /** Before a text is made of it. */
  private static void refuseLong(JsonMembers members, int most) {
    int place = members.find("prompt");
    if (place >= 0
        && members.kind(place) == '"'
        && members.valueEnd(place) - members.valueStart(place) - 2
            > (long) MAX_BYTES_PER_CHARACTER * most) {
      throw tooLong(most);
    }
  }

  private String prompt(int most) {
    String prompt = text("prompt").orElse("");
    if (prompt.isEmpty()) {
      throw PromptMember.withoutMessages(
          text("model").orElse(""), wrong("prompt", "a text that is not empty"));
    }
    if (prompt.codePointCount(0, prompt.length()) > most) {
      throw tooLong(most);
    }
    return prompt;
  }

  private static CallerProblem tooLong(int most) {
    return new CallerProblem(
        413,
        "prompt_too_large",
        "'prompt' has more than " + most + " characters.",
        Optional.of("prompt"));
  }

  private String model(String usual) {
    Optional<String> named = text("model");
    if (named.isPresent() && !ModelRequest.isValidName(named.get())) {
      String rule = named.get().isBlank() ? "" : ": " + ModelRequest.nameRule(named.get());
      throw wrong("model", "the name of a model" + rule);
    }
    return named.orElse(usual);
  }

  /** The conversation is named by {@code session_id}, else by {@code conversation_id}. */
  private CallLabels labels() {
    Optional<String> conversation =
        text("conversation_id").map(text -> CallLabels.session(text, "conversation_id"));
    Optional<String> session =
        text("session_id").map(text -> CallLabels.session(text, "session_id"));
    Optional<String> task = text("task_type").map(text -> CallLabels.taskType(text, "task_type"));
    return new CallLabels(session.or(() -> conversation).orElse(""), task.orElse(""), Set.of());
  }

  /** A limit of the cost that the request does not name itself leaves models without a price. */
  private QualityTarget target() {
    Level level = text("quality").map(RequestReader::level).orElse(Level.BALANCED);
    JsonNode usd = body.path("max_cost_usd");
    boolean named = !isAbsent(usd);
    double most = named ? usd.doubleValue() : DEFAULT_USD;
    if (named && (!usd.isNumber() || most < MIN_USD || most > MAX_USD)) {
      throw wrong("max_cost_usd", "a number from 0.001 to 10");
    }
    return new QualityTarget(
        Optional.of(level),
        OptionalLong.of(Math.round(most * NANO_USD)),
        named,
        Optional.of(Duration.ofMillis(latency())));
  }

  private static Level level(String name) {
    return Level.named(name)
        .orElseThrow(() -> wrong("quality", "one of " + String.join(", ", Level.labels())));
  }

  private int latency() {
    JsonNode millis = body.path("latency_slo_ms");
    if (isAbsent(millis)) {
      return DEFAULT_MILLIS;
    }
    if (!millis.isInt() || millis.intValue() < MIN_MILLIS || millis.intValue() > MAX_MILLIS) {
      throw wrong("latency_slo_ms", "a whole number from 100 to 30000");
    }
    return millis.intValue();
  }

  /** A reference that is not followed would change the response, so it is refused. */
  private void checkContext() {
    JsonNode references = body.path("context_refs");
    if (isAbsent(references)) {
      return;
    }
    if (!references.isArray()) {
      throw wrong("context_refs", "an array of texts");
    }
    if (!references.isEmpty()) {
      throw invalid(
          "context_refs",
          "'context_refs' cannot be resolved: memory objects are not read for a question. Put the"
              + " context into 'prompt'.");
    }
  }

  private void checkConsistency() {
    Optional<String> level = text("consistency_level");
    if (level.isPresent() && !LEVELS_OF_CONSISTENCY.contains(level.get())) {
      throw wrong("consistency_level", "EVENTUAL or RYW");
    }
  }

  private Optional<String> text(String name) {
    JsonNode value = body.path(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(name, "a text");
    }
    return Optional.of(value.textValue());
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static CallerProblem wrong(String name, String expected) {
    return invalid(name, "'" + name + "' must be " + expected + ".");
  }

  private static CallerProblem invalid(String name, String message) {
    return new CallerProblem(422, "validation_error", message, Optional.of(name));
  }
}
