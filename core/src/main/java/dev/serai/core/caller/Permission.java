package dev.serai.core.caller;

import java.util.Arrays;
import java.util.Optional;

/** What a caller may do. A route names the permission that its requests need. */
public enum Permission {
  /**
   * Chat, embeddings, moderations, reranking; stored responses, memory objects and sessions of the
   * tenant.
   */
  CHAT_BASIC("chat:basic", Kind.CALL),
  /** Images, audio, batches, realtime sessions. */
  CHAT_ADVANCED("chat:advanced", Kind.CALL),
  /** Files of a provider. */
  CHAT_FILE_UPLOAD("chat:file_upload", Kind.CALL),
  /** The list of models. */
  API_MODELS("api:models", Kind.READ),
  /** The reference of the HTTP API. */
  API_DOCS("api:docs", Kind.READ),
  /** The status of the providers. */
  HEALTH_READ("health:read", Kind.READ),
  /** The metrics of the gateway. */
  METRICS_READ("metrics:read", Kind.READ),
  /** Usage and cost of the caller's tenant. */
  USAGE_READ("usage:read", Kind.READ),
  /** The stored prompts of the caller's tenant. */
  PROMPTS_READ("prompts:read", Kind.READ),
  /** Everything that administrators see, of every tenant. */
  ADMIN_READ("admin:read", Kind.READ),
  /** The audit log. */
  ADMIN_LOGS("admin:logs", Kind.READ),
  /** Changes of stored prompts. */
  PROMPTS_WRITE("prompts:write", Kind.MANAGE),
  /** Changes of stored API keys, tenants and users. */
  ADMIN_USERS("admin:users", Kind.MANAGE),
  /** Changes of the gateway itself. */
  ADMIN_SYSTEM("admin:system", Kind.MANAGE);

  /** What a permission is about. */
  public enum Kind {
    /** Calls of models. */
    CALL,
    /** Requests that change nothing. */
    READ,
    /** Requests that change the gateway. */
    MANAGE
  }

  private final String label;
  private final Kind kind;

  Permission(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** Its name in routes, settings and errors. */
  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  /** Its label, as settings have it. */
  @Override
  public String toString() {
    return label;
  }

  /** The permission of that name. */
  public static Optional<Permission> find(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }
}
