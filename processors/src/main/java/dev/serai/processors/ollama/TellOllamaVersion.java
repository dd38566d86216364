package dev.serai.processors.ollama;

import dev.serai.processors.support.JsonReply;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Tells which Ollama the gateway speaks like: clients refuse to work with one that is too old.
 * Thread-safe.
 */
public final class TellOllamaVersion implements Processor {
  /** The first with ids of tool calls. */
  private static final String VERSION = "0.13.0";

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(JsonReply.of("{\"version\":\"" + VERSION + "\"}"));
  }
}
