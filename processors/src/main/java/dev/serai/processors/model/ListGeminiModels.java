package dev.serai.processors.model;

import dev.serai.core.http.InboundRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.ModelNames;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, or one of them when the path names it, in Gemini's
 * shape (ai.google.dev/api/models). The list is never cut into pages. Thread-safe.
 */
public final class ListGeminiModels implements Processor {
  private static final String PATH = "/v1beta/models";

  private final ModelNames names;

  public ListGeminiModels(ModelNames names) {
    this.names = names;
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    String body =
        path.length() <= PATH.length() + 1
            ? all()
            : one(names.find(path.substring(PATH.length() + 1)).getKey());
    exchange.getMessage().setBody(JsonReply.of(body));
  }

  private String all() {
    StringBuilder json = new StringBuilder(1024).append("{\"models\":[");
    String comma = "";
    for (String name : names.all().keySet()) {
      json.append(comma).append(one(name));
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private static String one(String name) {
    return "{\"name\":"
        + JsonReply.quoted("models/" + name)
        + ",\"version\":\"\",\"displayName\":"
        + JsonReply.quoted(name)
        + ",\"supportedGenerationMethods\":[\"generateContent\",\"streamGenerateContent\","
        + "\"countTokens\"]}";
  }
}
