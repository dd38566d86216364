package dev.serai.adapters.dialects.request.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a request that a stored prompt is put into. The values of its members stay the bytes
 * that they are, except those that the prompt changes. Not thread-safe.
 */
public final class PromptBody {
  private static final String OWN = "serai";
  private static final byte[] NOTHING = {};

  private final Map<String, byte[]> members;

  private PromptBody(Map<String, byte[]> members) {
    this.members = members;
  }

  /**
   * A body that names a stored prompt, without that name, changed.
   *
   * @throws CallerProblem 400 if a member that is changed is not valid JSON for it
   */
  public static byte[] changed(byte[] body, Function<PromptBody, byte[]> change) {
    try {
      return change.apply(of(body));
    } catch (MalformedInput e) {
      throw e.ofRequest();
    }
  }

  /** A body that names a stored prompt, without that name. */
  private static PromptBody of(byte[] body) {
    PromptBody request = new PromptBody(read(body));
    byte[] named = request.members.getOrDefault(PromptMember.NAME, NOTHING);
    if (named.length > 0 && named[0] == '{' && PromptMember.isOurs(StrictJson.tree(named))) {
      request.members.remove(PromptMember.NAME);
    }
    request.takeOwn();
    byte[] metadata = request.members.getOrDefault("metadata", NOTHING);
    if (metadata.length > 0 && metadata[0] == '{') {
      PromptBody inner = new PromptBody(read(metadata));
      inner.takeOwn();
      request.members.put("metadata", inner.bytes());
    }
    return request;
  }

  /**
   * The members of an object inside the body, or of an empty one.
   *
   * @throws CallerProblem 400 if the member is something else
   */
  public PromptBody inside(String name) {
    Optional<byte[]> object = get(name);
    if (object.isPresent() && object.get()[0] != '{') {
      throw RequestFields.wrong(name, "an object");
    }
    return new PromptBody(object.map(PromptBody::read).orElseGet(LinkedHashMap::new));
  }

  /** Takes the prompt out of the member {@code serai}, which may be JSON in a text. */
  private void takeOwn() {
    byte[] own = members.getOrDefault(OWN, NOTHING);
    if (own.length == 0) {
      return;
    }
    try {
      byte[] json = own[0] == '"' ? StrictJson.tree(own).textValue().getBytes(UTF_8) : own;
      Map<String, byte[]> inner = read(json);
      inner.remove(PromptMember.NAME);
      members.put(OWN, new PromptBody(inner).bytes());
    } catch (MalformedInput e) {
      return; // its reader says what is wrong
    }
  }

  private static Map<String, byte[]> read(byte[] object) {
    JsonMembers read = JsonMembers.of(object);
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int place = 0; place < read.size(); place++) {
      members.put(read.name(place), read.json(place).getBytes(UTF_8));
    }
    return members;
  }

  /** The value of a member; empty if it is not there or null. */
  public Optional<byte[]> get(String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> value[0] != 'n');
  }

  /** Sets the value of a member, as JSON. */
  public PromptBody put(String name, byte[] json) {
    members.put(name, json);
    return this;
  }

  /** Puts JSON values before those of an array, which is made if it is not there. */
  public PromptBody prepend(String array, List<byte[]> values) {
    byte[] former = get(array).orElse(NOTHING);
    JsonWriter json = new JsonWriter().beginArray();
    values.forEach(json::json);
    if (former.length > 0) {
      elements(former).ifPresent(json::json);
    }
    return put(array, json.endArray().bytes());
  }

  /** What is between the brackets of an array; empty if nothing is. Another value is an element. */
  private static Optional<byte[]> elements(byte[] value) {
    String text = new String(value, UTF_8);
    String inner = text.startsWith("[") ? text.substring(1, text.length() - 1).strip() : text;
    return inner.isEmpty() ? Optional.empty() : Optional.of(inner.getBytes(UTF_8));
  }

  /** Names the model of the prompt if the request names none. */
  public PromptBody model(ExpandedPrompt prompt) {
    if (get("model").isEmpty()) {
      prompt.terms().model().ifPresent(name -> put("model", JsonWriter.quoted(name)));
    }
    return this;
  }

  /** The messages of a prompt as OpenAI's APIs and Ollama write them. */
  public static List<byte[]> messages(ExpandedPrompt prompt) {
    return prompt.messages().stream().map(PromptBody::message).toList();
  }

  /** A message with its role and its content. */
  public static byte[] message(Message one) {
    return new JsonWriter()
        .beginObject()
        .member("role", one.role().label())
        .member("content", one.text())
        .endObject()
        .bytes();
  }

  /** The messages of a prompt without those of the system, each written as JSON. */
  public static List<byte[]> withoutSystem(
      ExpandedPrompt prompt, Function<Message, byte[]> writer) {
    return prompt.messages().stream().filter(one -> one.role() != Role.SYSTEM).map(writer).toList();
  }

  /** The texts of a role, as one; empty if there are none. */
  public static Optional<String> text(ExpandedPrompt prompt, Role role) {
    return prompt.messages().stream()
        .filter(one -> one.role() == role)
        .map(Message::text)
        .collect(Collectors.collectingAndThen(Collectors.joining("\n\n"), Optional::of))
        .filter(text -> !text.isEmpty());
  }

  /**
   * The body of a request that has one text in the place of messages: the texts of the prompt come
   * before its own.
   *
   * @param member that has the text
   * @throws CallerProblem 400 if the prompt has a message of the assistant, or the request
   *     something else than a text
   */
  public byte[] asText(String member, ExpandedPrompt prompt) {
    if (text(prompt, Role.ASSISTANT).isPresent()) {
      throw CallerProblem.invalid(
          PromptMember.NAME,
          "The prompt '"
              + prompt.name()
              + "' has a message of the assistant, which only chats have: use"
              + " /v1/chat/completions.");
    }
    Optional<byte[]> own = get(member);
    if (own.isPresent() && own.get()[0] != '"') {
      throw CallerProblem.invalid(
          member, "A request with a stored prompt takes one text as '" + member + "'.");
    }
    Stream<String> texts = prompt.messages().stream().map(Message::text);
    Stream<String> ownText = own.map(json -> StrictJson.tree(json).textValue()).stream();
    String whole =
        Stream.concat(texts, ownText)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n\n"));
    return put(member, JsonWriter.quoted(whole)).bytes();
  }

  /** The body. */
  public byte[] bytes() {
    JsonWriter json = new JsonWriter().beginObject();
    members.forEach((name, value) -> json.name(name).json(value));
    return json.endObject().bytes();
  }
}
