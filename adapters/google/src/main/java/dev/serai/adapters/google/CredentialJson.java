package dev.serai.adapters.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * The JSON object of credentials, and the variable that names it. Immutable.
 *
 * @param variable the name of the variable, for messages
 */
record CredentialJson(String variable, JsonNode root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Parses credentials.
   *
   * @throws NoTokenException if the text is not an object; the message does not quote it
   */
  static CredentialJson parse(String variable, String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // The exception quotes the text, which holds the key.
      throw malformed(variable);
    }
    if (!root.isObject()) {
      throw malformed(variable);
    }
    return new CredentialJson(variable, root);
  }

  private static NoTokenException malformed(String variable) {
    return NoTokenException.of(variable + " does not hold the JSON of Google credentials");
  }

  /** A member that is a text; empty if it is missing or blank. */
  Optional<String> find(String name) {
    return Optional.of(root.path(name).asText("")).filter(text -> !text.isBlank());
  }

  String text(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  /**
   * A member that must be there.
   *
   * @throws NoTokenException if it is not
   */
  String required(String name) {
    return find(name)
        .orElseThrow(() -> NoTokenException.of("the JSON in " + variable + " has no " + name));
  }

  /** Without the content. */
  @Override
  public String toString() {
    return "CredentialJson[" + variable + "]";
  }
}
