package dev.serai.processors.edge;

import dev.serai.core.call.Providers;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.port.ModelCatalogue;
import dev.serai.processors.support.Calls;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lists the names that callers may ask for, or one of them when the path names it, in Gemini's
 * shape (ai.google.dev/api/models). The list is never cut into pages. Thread-safe.
 */
public final class ListGeminiModels implements Processor {
  private static final String PATH = "/v1beta/models";

  private final ModelNames names;

  public ListGeminiModels(Providers providers, ModelCatalogue catalogue) {
    names = new ModelNames(providers, catalogue);
  }

  @Override
  public void process(Exchange exchange) {
    String path = Calls.body(exchange, InboundRequest.class).path();
    StringBuilder json = new StringBuilder(1024);
    if (path.length() > PATH.length() + 1) {
      append(json, names.find(path.substring(PATH.length() + 1)).getKey());
    } else {
      String comma = "{\"models\":[";
      for (String name : names.owners().keySet()) {
        append(json.append(comma), name);
        comma = ",";
      }
      json.append(json.isEmpty() ? "{\"models\":[]}" : "]}");
    }
    exchange
        .getMessage()
        .setBody(
            new Reply.Complete(
                200,
                new HeaderFields().add("content-type", "application/json"),
                json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static void append(StringBuilder json, String name) {
    json.append("{\"name\":");
    ModelNames.quote(json, "models/" + name);
    json.append(",\"version\":\"\",\"displayName\":");
    ModelNames.quote(json, name);
    json.append(
        ",\"supportedGenerationMethods\":[\"generateContent\",\"streamGenerateContent\","
            + "\"countTokens\"]}");
  }
}
