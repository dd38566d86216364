package dev.serai.core.call;

import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;

/** A surface that writes nothing. */
record TestSurface() implements Surface {
  @Override
  public String dialect() {
    return "openai";
  }

  @Override
  public boolean owns(String path) {
    return true;
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return new TestRequest();
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return new byte[0];
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return new byte[0];
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return event -> new byte[0];
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return "text/event-stream";
  }
}
