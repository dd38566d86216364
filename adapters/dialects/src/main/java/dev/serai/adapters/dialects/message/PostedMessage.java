package dev.serai.adapters.dialects.message;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.ParsedChatRequest;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Sampling;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.request.CallLabels;
import dev.serai.core.session.MessageRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A message of the user, which the default model answers. */
final class PostedMessage extends ParsedChatRequest implements MessageRequest {
  /** The name of its form; no provider speaks it. */
  static final String DIALECT = "message";

  private final Fields fields;
  private final Map<String, String> unknown;

  /**
   * What a request says.
   *
   * @param session empty if it names none
   * @param metadata a JSON object
   */
  record Fields(String content, String session, String metadata) {}

  PostedMessage(JsonMembers members, String model, boolean streaming, Fields fields) {
    super(members, model, streaming);
    this.fields = fields;
    this.unknown = membersBut(RequestReader.KNOWN);
  }

  @Override
  public String dialect() {
    return DIALECT;
  }

  @Override
  public String metadata() {
    return fields.metadata();
  }

  /** The metadata are those of the message, and say nothing of the call. */
  @Override
  public CallLabels labels() {
    return fields.session().isEmpty()
        ? CallLabels.NONE
        : new CallLabels(fields.session(), "", Set.of());
  }

  @Override
  protected Conversation parse() {
    return new Conversation(
        List.of(Message.of(Role.USER, List.of(new TextPart(fields.content())))),
        List.of(),
        new ToolChoice.Unset(Optional.empty()),
        new ResponseFormat.Unset(),
        Sampling.UNSET,
        unknown);
  }
}
