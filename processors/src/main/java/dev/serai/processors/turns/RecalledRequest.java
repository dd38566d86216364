package dev.serai.processors.turns;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.hash.Sha256;
import dev.serai.core.request.CallLabels;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.request.ResponseBounds;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.session.MessageRequest;
import dev.serai.core.session.OpenTurn;
import dev.serai.core.session.SessionFacts;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionStore;
import dev.serai.core.session.SessionStore.NewMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client's request with the messages of its session between its system messages and the others.
 * It is of no dialect, so that it is always translated: the client's bytes do not have the
 * messages. Confined to the thread that carries its call.
 */
final class RecalledRequest implements ChatRequest, OpenTurn {
  private static final String NO_DIALECT = "session";
  private static final int ID_LENGTH = 32;
  private static final List<String> OWN_MEMBERS =
      List.of("session_id", "conversation_id", "conversation");

  private final ChatRequest asked;
  private final Place place;
  private final List<Message> ownMessages;
  private final Conversation conversation;
  private final int size;
  private final TurnRecorder recorder = new TurnRecorder();
  private @Nullable Instant ended;

  /**
   * Where its turn belongs.
   *
   * @param begun whether the session began with this call
   * @param tokens about how many the session had before
   * @param responseId the ID of the message of the model
   */
  record Place(
      SessionStore.Key session,
      boolean begun,
      long tokens,
      String responseId,
      InstantSource clock) {}

  /**
   * @param recalled the messages of the session and of the request
   * @param size about how many bytes they have
   */
  RecalledRequest(ChatRequest asked, Place place, RecalledMessages recalled, long size) {
    this.asked = asked;
    this.place = place;
    this.size = (int) Math.min(Integer.MAX_VALUE, asked.size() + size);
    ownMessages = recalled.next();
    conversation = with(asked.conversation(), recalled.messages());
  }

  private Conversation with(Conversation own, List<Message> recalled) {
    List<Message> messages = new ArrayList<>(ownMessages.size() + recalled.size());
    int leading = 0;
    while (leading < ownMessages.size() && isSystem(ownMessages.get(leading))) {
      leading++;
    }
    messages.addAll(ownMessages.subList(0, leading));
    messages.addAll(recalled);
    messages.addAll(ownMessages.subList(leading, ownMessages.size()));
    Map<String, String> unknown = new TreeMap<>(own.unknown());
    OWN_MEMBERS.forEach(unknown::remove);
    return new Conversation(
        messages, own.tools(), own.toolChoice(), own.responseFormat(), own.sampling(), unknown);
  }

  static boolean isSystem(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  @Override
  public SessionStore.Key session() {
    return place.session;
  }

  @Override
  public String responseId() {
    return place.responseId;
  }

  /** About how many tokens the session had before, with what the call does not get. */
  long tokensBefore() {
    return place.tokens;
  }

  @Override
  public Instant ended() {
    Instant known = ended;
    if (known == null) {
      known = Instant.ofEpochMilli(place.clock.millis());
      ended = known;
    }
    return known;
  }

  /** Whether the session began with this call. */
  boolean hasBegunSession() {
    return place.begun;
  }

  /** Takes the response to it. */
  TurnRecorder recorder() {
    return recorder;
  }

  /**
   * What the client and the model have said.
   *
   * @param complete whether the response is
   */
  List<NewMessage> turn(boolean complete) {
    String metadata =
        asked instanceof MessageRequest message ? message.metadata() : SessionFacts.EMPTY;
    List<NewMessage> turn = new ArrayList<>();
    for (Content content : SessionTurns.ofRequest(ownMessages, metadata)) {
      turn.add(new NewMessage(idOf(turn.size()), ended(), content));
    }
    String id = responseId();
    for (Content content : SessionTurns.ofResponse(recorder, complete)) {
      turn.add(new NewMessage(id, ended(), content));
      id = idOf(turn.size());
    }
    return turn;
  }

  /** The ID of another message of the turn. It is not random: that would block the event loop. */
  private String idOf(int place) {
    return SessionMessage.PREFIX + Sha256.hex(responseId() + "/" + place).substring(0, ID_LENGTH);
  }

  @Override
  public String dialect() {
    return NO_DIALECT;
  }

  @Override
  public byte[] bytes() {
    return asked.bytes();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Conversation conversation() {
    return conversation;
  }

  @Override
  public String model() {
    return asked.model();
  }

  @Override
  public boolean streaming() {
    return asked.streaming();
  }

  @Override
  public boolean wantsUsage() {
    return asked.wantsUsage();
  }

  @Override
  public List<String> otherModels() {
    return asked.otherModels();
  }

  @Override
  public DetailSupport detailSupport() {
    return asked.detailSupport();
  }

  @Override
  public boolean takesCitations() {
    return asked.takesCitations();
  }

  @Override
  public boolean takesSeveralChoices() {
    return asked.takesSeveralChoices();
  }

  @Override
  public OptionalLong outputLimit() {
    return asked.outputLimit();
  }

  @Override
  public ResponseBounds bounds() {
    return asked.bounds();
  }

  @Override
  public CallLabels labels() {
    return asked.labels();
  }

  @Override
  public RoutingCriteria routing() {
    return asked.routing();
  }

  @Override
  public Optional<String> tenant() {
    return asked.tenant();
  }
}
