package dev.serai.processors.sessions;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionQuery;
import dev.serai.processors.management.JsonStep;
import java.util.List;

/** How sessions are written as JSON: in the form that the path of a request belongs to. Pure. */
enum SessionForm {
  /** That of {@code /v1/sessions}. */
  OWN("/v1/sessions", 20, 100) {
    @Override
    byte[] session(Session session) {
      JsonWriter json = new JsonWriter();
      write(json, session);
      return json.bytes();
    }

    private void write(JsonWriter json, Session session) {
      json.beginObject().member("id", session.id()).member("object", "session");
      details(json, session);
      json.endObject();
    }

    @Override
    byte[] list(List<Session> sessions, boolean more) {
      JsonWriter json = beginList();
      sessions.forEach(session -> write(json, session));
      return json.endArray().member("has_more", more).endObject().bytes();
    }

    @Override
    byte[] deleted(String id) {
      return JsonStep.deleted(id);
    }

    @Override
    byte[] messages(Session session, SessionQuery.Messages messages) {
      JsonWriter json = beginList();
      messages.page().forEach(message -> message(json, message));
      return json.endArray().member("has_more", messages.more()).endObject().bytes();
    }

    private JsonWriter beginList() {
      return new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    }
  },

  /** That of {@code /api/v1/sessions}. */
  API_V1("/api/v1/sessions", 50, 100) {
    @Override
    byte[] session(Session session) {
      JsonWriter json = new JsonWriter().beginObject().member("id", session.id());
      details(json, session);
      return json.endObject().bytes();
    }

    @Override
    byte[] created(Session session) {
      JsonWriter json = new JsonWriter();
      write(json, session);
      return json.bytes();
    }

    @Override
    byte[] list(List<Session> sessions, boolean more) {
      JsonWriter json = new JsonWriter().beginArray();
      sessions.forEach(session -> write(json, session));
      return json.endArray().bytes();
    }

    private void write(JsonWriter json, Session session) {
      json.beginObject()
          .member("id", session.id())
          .member("created_at", session.created())
          .member("updated_at", session.updated())
          .member("message_count", session.messages());
      object(json, "metadata", session.facts().metadata());
      json.endObject();
    }

    @Override
    byte[] deleted(String id) {
      return new JsonWriter()
          .beginObject()
          .member("message", "Session " + id + " deleted")
          .endObject()
          .bytes();
    }

    /** The latest messages of the session, the oldest of them first. */
    @Override
    byte[] messages(Session session, SessionQuery.Messages messages) {
      JsonWriter json = new JsonWriter().beginArray();
      messages.page().reversed().forEach(message -> message(json, session.id(), message));
      return json.endArray().bytes();
    }
  };

  private final String root;
  private final int usualPage;
  private final int maxPage;

  SessionForm(String root, int usualPage, int maxPage) {
    this.root = root;
    this.usualPage = usualPage;
    this.maxPage = maxPage;
  }

  /** The form of the path of a request. */
  static SessionForm of(InboundRequest request) {
    return request.path().startsWith(API_V1.root) ? API_V1 : OWN;
  }

  /** What the paths begin with. */
  String root() {
    return root;
  }

  /** The sessions of a page, if the request does not say how many. */
  int usualPage() {
    return usualPage;
  }

  /** The most sessions of a page. */
  int maxPage() {
    return maxPage;
  }

  abstract byte[] session(Session session);

  /** A new session. */
  byte[] created(Session session) {
    return session(session);
  }

  abstract byte[] list(List<Session> sessions, boolean more);

  abstract byte[] deleted(String id);

  abstract byte[] messages(Session session, SessionQuery.Messages messages);

  /** A message of a session in the form of /api/v1. */
  static void message(JsonWriter json, String session, SessionMessage message) {
    SessionMessage.Content content = message.content();
    json.beginObject()
        .member("id", message.id())
        .member("type", content.type().label())
        .member("role", content.role().label())
        .member("content", content.text())
        .member("session_id", session)
        .member("timestamp", message.created());
    object(json, "metadata", content.metadata());
    json.endObject();
  }

  /** A message in the form of the gateway. */
  static void message(JsonWriter json, SessionMessage message) {
    SessionMessage.Content content = message.content();
    json.beginObject()
        .member("id", message.id())
        .member("object", "session.message")
        .member("number", message.number())
        .member("role", content.role().label())
        .member("message_type", content.type().label())
        .member("content", content.text())
        .member("created_at", message.created())
        .member("partial", content.partial())
        .member("pinned", content.pinned());
    object(json, "metadata", content.metadata());
    json.endObject();
  }

  static void details(JsonWriter json, Session session) {
    json.member("status", session.status().label())
        .member("created_at", session.created())
        .member("updated_at", session.updated())
        .member("expires_at", session.expires())
        .member("message_count", session.messages());
    object(json, "metadata", session.facts().metadata());
    object(json, "preferences", session.facts().preferences());
    object(json, "variables", session.facts().variables());
    object(json, "context", session.facts().context());
  }

  static void object(JsonWriter json, String name, String object) {
    json.name(name).json(object);
  }
}
