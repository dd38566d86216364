package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedRequest;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.EmbeddingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * OpenAI's embeddings request: the client's bytes and where their members are. {@code input} is a
 * text, an array of texts, an array of tokens, or an array of such arrays.
 */
final class OpenAiEmbeddingRequest extends ParsedRequest implements EmbeddingRequest {
  static final String BASE64 = "base64";

  private static final int MAX_INPUTS = 4096;
  private static final Set<String> KNOWN =
      Set.of("model", "input", "dimensions", "encoding_format");

  private final boolean base64;

  private OpenAiEmbeddingRequest(JsonMembers members, String model, boolean base64) {
    super(members, model);
    this.base64 = base64;
  }

  /**
   * Reads a request's body.
   *
   * @throws CallerProblem 400 that names the invalid parameter
   */
  static OpenAiEmbeddingRequest read(byte[] body) {
    JsonMembers members = JsonMembers.ofRequest(body);
    String model = text(members, "model", "");
    if (model.isEmpty()) {
      throw RequestNames.noModel();
    }
    RequestNames.valid("model", model);
    int input = members.find("input");
    if (input < 0) {
      throw CallerProblem.invalid(
          "input", "'input' is missing: a string or an array of strings or tokens.");
    }
    if (members.kind(input) != '"' && members.kind(input) != '[') {
      throw CallerProblem.invalid(
          "input", "Invalid 'input': expected a string or an array of strings or tokens.");
    }
    String format = text(members, "encoding_format", "float");
    if (!format.equals(BASE64) && !format.equals("float")) {
      throw CallerProblem.invalid(
          "encoding_format", "Invalid 'encoding_format': expected 'float' or 'base64'.");
    }
    return new OpenAiEmbeddingRequest(members, model, format.equals(BASE64));
  }

  private static String text(JsonMembers members, String name, String absent) {
    int place = members.find(name);
    if (place < 0 || members.kind(place) == 'n') {
      return absent;
    }
    if (members.kind(place) != '"') {
      throw RequestFields.wrong(name, "a string");
    }
    return members.text(place);
  }

  /** Whether the client wants each embedding as base64 of its little-endian floats. */
  boolean wantsBase64() {
    return base64;
  }

  /** How many inputs there are, without their texts: an array of token numbers is one. */
  int inputCount() {
    int place = members().find("input");
    if (members().kind(place) == '"') {
      return 1;
    }
    JsonCursor cursor =
        new JsonCursor().over(bytes(), members().valueStart(place), members().valueEnd(place));
    int count = 0;
    boolean tokens = false;
    cursor.enterArray();
    while (cursor.nextElement()) {
      boolean token = Character.isDigit(cursor.peek()) || cursor.peek() == '-';
      count += token ? 0 : 1;
      tokens |= token;
      cursor.skip();
    }
    return tokens ? count + 1 : count;
  }

  @Override
  public String dialect() {
    return OpenAiDialect.NAME;
  }

  @Override
  public List<Input> inputs() {
    int place = members().find("input");
    if (members().kind(place) == '"') {
      return List.of(new Text(members().text(place)));
    }
    JsonCursor cursor =
        new JsonCursor().over(bytes(), members().valueStart(place), members().valueEnd(place));
    List<Input> inputs = new ArrayList<>();
    List<Integer> bare = new ArrayList<>();
    cursor.enterArray();
    while (cursor.nextElement()) {
      switch (cursor.peek()) {
        case '"' -> inputs.add(new Text(cursor.text()));
        case '[' -> inputs.add(new Tokens(tokens(cursor)));
        default -> bare.add(token(cursor));
      }
    }
    boolean mixed = !bare.isEmpty() && !inputs.isEmpty();
    if (!bare.isEmpty()) {
      inputs.add(new Tokens(bare));
    }
    if (mixed || inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw CallerProblem.invalid(
          "input", "Invalid 'input': expected 1 to " + MAX_INPUTS + " inputs of one kind.");
    }
    return inputs;
  }

  private static List<Integer> tokens(JsonCursor cursor) {
    List<Integer> tokens = new ArrayList<>();
    cursor.enterArray();
    while (cursor.nextElement()) {
      tokens.add(token(cursor));
    }
    return tokens;
  }

  private static int token(JsonCursor cursor) {
    long number = cursor.count();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw CallerProblem.invalid("input", "Invalid 'input': expected strings or token numbers.");
    }
    return (int) number;
  }

  @Override
  public OptionalInt dimensions() {
    int place = members().find("dimensions");
    if (place < 0 || members().kind(place) == 'n') {
      return OptionalInt.empty();
    }
    long count = members().count(place);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw CallerProblem.invalid(
          "dimensions", "Invalid 'dimensions': expected a whole number above 0.");
    }
    return OptionalInt.of((int) count);
  }

  @Override
  public Map<String, String> unknown() {
    return membersBut(KNOWN);
  }
}
