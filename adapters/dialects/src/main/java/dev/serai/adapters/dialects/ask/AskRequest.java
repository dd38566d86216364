package dev.serai.adapters.dialects.ask;

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
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A prompt, and what its response should be like. Always answered as a stream. */
final class AskRequest extends ParsedChatRequest {
  /** The name of its form; no provider speaks it. */
  static final String DIALECT = "ask";

  private final Fields fields;
  private final Map<String, String> unknown;

  /**
   * What a request says besides its model.
   *
   * @param labels its conversation and its kind of work
   * @param target the quality, the cost and the latency
   * @param tenant empty if it names none
   */
  record Fields(String prompt, CallLabels labels, QualityTarget target, Optional<String> tenant) {}

  AskRequest(JsonMembers members, String model, Fields fields) {
    super(members, model, true);
    this.fields = fields;
    this.unknown = membersBut(RequestReader.KNOWN);
  }

  String prompt() {
    return fields.prompt();
  }

  @Override
  public String dialect() {
    return DIALECT;
  }

  @Override
  public CallLabels labels() {
    return fields.labels().or(super.labels());
  }

  @Override
  public RoutingCriteria routing() {
    return super.routing().with(fields.target());
  }

  @Override
  public Optional<String> tenant() {
    return fields.tenant();
  }

  @Override
  protected Conversation parse() {
    return new Conversation(
        List.of(Message.of(Role.USER, List.of(new TextPart(fields.prompt())))),
        List.of(),
        new ToolChoice.Unset(Optional.empty()),
        new ResponseFormat.Unset(),
        Sampling.UNSET,
        unknown);
  }
}
