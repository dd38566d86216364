package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.json.JsonWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Fields of a request that core types have no place for: JSON by name. A dialect takes those that
 * it has and reports the rest as dropped. For one request; not thread-safe.
 */
public final class UnmappedFields {
  private static final String TOP_LOGPROBS = "top_logprobs";

  private final Map<String, String> json;

  /** All unmapped fields of a conversation. */
  public UnmappedFields(Conversation conversation) {
    this.json = new TreeMap<>(conversation.unknown());
  }

  /** Takes a field, as JSON, if it is present and a number. */
  public Optional<String> number(String name) {
    String value = json.getOrDefault(name, "");
    boolean number =
        !value.isEmpty() && (value.charAt(0) == '-' || Character.isDigit(value.charAt(0)));
    return number ? take(name) : Optional.empty();
  }

  /** Takes a field, as JSON, if it is present and a string. */
  public Optional<String> text(String name) {
    return json.getOrDefault(name, "").startsWith("\"") ? take(name) : Optional.empty();
  }

  /** Takes a field, as JSON, if it is present and an object. */
  public Optional<String> object(String name) {
    return objectIf(name, _ -> true);
  }

  /** Takes a field, as JSON, if it is present, an object and accepted. */
  public Optional<String> objectIf(String name, Predicate<String> accepted) {
    String value = json.getOrDefault(name, "");
    return value.startsWith("{") && accepted.test(value) ? take(name) : Optional.empty();
  }

  /** Takes a field, as JSON, if its value is one of these. */
  public Optional<String> oneOf(String name, Set<String> values) {
    return values.contains(json.getOrDefault(name, "")) ? take(name) : Optional.empty();
  }

  /**
   * Takes the fields that ask for log probabilities, in the terms of any API.
   *
   * @return how many of the most likely tokens are wanted at each place, as JSON: "0" if none are;
   *     empty if log probabilities are not asked for
   */
  public Optional<String> logprobs() {
    boolean asked = oneOf("logprobs", Set.of("true")).isPresent();
    boolean included = take("include.message.output_text.logprobs").isPresent();
    Optional<String> most = number(TOP_LOGPROBS).filter(count -> !count.equals("0"));
    return asked || included || most.isPresent() ? Optional.of(most.orElse("0")) : Optional.empty();
  }

  /** Takes those fields, and writes them as {@code logprobs} and {@code top_logprobs}. */
  public void writeLogprobs(JsonWriter out) {
    Optional<String> most = logprobs();
    if (most.isPresent()) {
      out.member("logprobs", true);
      writeTopLogprobs(most, out);
    }
  }

  /** Writes {@code top_logprobs}, unless none are wanted. */
  public static void writeTopLogprobs(Optional<String> most, JsonWriter out) {
    most.filter(count -> !count.equals("0")).ifPresent(count -> out.name(TOP_LOGPROBS).json(count));
  }

  /** Takes a field, as JSON. */
  public Optional<String> take(String name) {
    return Optional.ofNullable(json.remove(name));
  }

  /** Reports the fields that were not taken. */
  public void report(DroppedFields dropped) {
    dropped.addAll(json);
  }
}
