package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.request.CacheMode;
import dev.serai.core.request.CallLabels;
import dev.serai.core.routing.RoutingCriteria;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request that is a JSON object: the bytes of the caller and the offsets of their members.
 * Immutable.
 */
public abstract class ParsedRequest {
  private final JsonMembers members;
  private final String model;

  protected ParsedRequest(JsonMembers members, String model) {
    this.members = members;
    this.model = model;
  }

  /** The offsets of the members. */
  public final JsonMembers members() {
    return members;
  }

  /** The dialect of {@link #bytes}. */
  public abstract String dialect();

  /** The bytes of the caller. Not to be changed. */
  public final byte[] bytes() {
    return members.bytes();
  }

  /** The model's name as the caller wrote it; empty if the request names none. */
  public final String model() {
    return model;
  }

  /** What the member {@code metadata} says about the call, and the session that others name. */
  public CallLabels labels() {
    return SessionMember.addTo(MetadataLabels.of(members), members);
  }

  /** Whether the member {@code conversation} of a request is a session that Serai stores. */
  public static boolean namesStoredConversation(JsonMembers request) {
    return SessionMember.isConversation(request);
  }

  /** What the member {@code serai} asks of the choice of the model. */
  public RoutingCriteria routing() {
    return RoutingFields.of(members);
  }

  /** What the member {@code serai} asks of the cache of responses. */
  public Optional<CacheMode> cacheMode() {
    return CacheField.of(members);
  }

  /** The members with other names than these: JSON by name. */
  protected final Map<String, String> membersBut(Set<String> known) {
    Map<String, String> others = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      if (!known.contains(members.name(i))) {
        others.put(members.name(i), members.json(i));
      }
    }
    return others;
  }

  /** Without the bytes: they may hold secrets. */
  @Override
  public final String toString() {
    return dialect() + " request for " + model + " (" + members.bytes().length + " bytes)";
  }
}
