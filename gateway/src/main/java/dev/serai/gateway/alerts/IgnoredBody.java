package dev.serai.gateway.alerts;

import dev.serai.core.http.ByteStream;
import dev.serai.core.problem.GatewayProblem;

/**
 * Reads a body that is not needed, so that its connection can be used again, and cancels a long
 * one. Not thread-safe.
 */
final class IgnoredBody implements ByteStream.Reader {
  private static final int MAX_BYTES = 64 * 1024;

  private final ByteStream body;
  private int length;

  IgnoredBody(ByteStream body) {
    this.body = body;
  }

  @Override
  public void onPiece(byte[] bytes) {
    length += bytes.length;
    if (length > MAX_BYTES) {
      body.cancel();
    }
  }

  @Override
  public void onEnd() {
    // no code waits for it
  }

  @Override
  public void onFailure(GatewayProblem problem) {
    // the status has said everything
  }
}
