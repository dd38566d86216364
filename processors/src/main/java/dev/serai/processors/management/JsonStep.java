package dev.serai.processors.management;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * A step that shows or changes what is stored, and replies with JSON that must not be cached.
 * Thread-safe, as all steps are.
 */
public abstract class JsonStep extends OffLoop {
  protected JsonStep(EventLoops loops) {
    super(loops);
  }

  /** The JSON of the reply. Runs on a virtual thread. */
  protected abstract byte[] reply(Caller caller, InboundRequest request);

  @Override
  protected final void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    byte[] json = reply(Calls.caller(exchange), request);
    exchange.getMessage().setBody(JsonReply.uncached(json));
  }

  /** Says that something is deleted. */
  public static byte[] deleted(String id) {
    return deletion(id).endObject().bytes();
  }

  /** Says that something is deleted, and what follows from it. */
  public static byte[] deleted(String id, List<String> warnings) {
    JsonWriter json = deletion(id);
    json.member("warnings", warnings);
    return json.endObject().bytes();
  }

  private static JsonWriter deletion(String id) {
    return new JsonWriter().beginObject().member("id", id).member("deleted", true);
  }
}
