package dev.serai.adapters.dialects.openai.relay;

import dev.serai.core.http.Upload;
import dev.serai.core.problem.GatewayProblem;
import java.util.Arrays;

/** An upload with another name of the model; all other bytes pass as they are. */
final class SplicedUpload implements Upload {
  private final Upload source;
  private final ModelName replaced;
  private final byte[] name;

  SplicedUpload(Upload source, ModelName replaced, byte[] name) {
    this.source = source;
    this.replaced = replaced;
    this.name = name;
  }

  @Override
  public long length() {
    long length = source.length();
    return length < 0 ? length : length - (replaced.to() - replaced.from()) + name.length;
  }

  @Override
  public boolean isSpent() {
    return source.isSpent();
  }

  @Override
  public void open(Reader reader) {
    source.open(new Splicing(reader));
  }

  @Override
  public void pause() {
    source.pause();
  }

  @Override
  public void resume() {
    source.resume();
  }

  @Override
  public void cancel() {
    source.cancel();
  }

  /** Replaces the name in the bytes that pass. */
  private final class Splicing implements Reader {
    private final Reader reader;
    private long offset;

    Splicing(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void onPiece(byte[] bytes) {
      int from = at(replaced.from(), bytes.length);
      int to = at(replaced.to(), bytes.length);
      boolean here = offset <= replaced.from() && replaced.from() < offset + bytes.length;
      offset += bytes.length;
      if (!here && from == to) {
        reader.onPiece(bytes);
        return;
      }
      pass(bytes, 0, from);
      if (here) {
        reader.onPiece(name);
      }
      pass(bytes, to, bytes.length);
    }

    private int at(int position, int length) {
      return Math.clamp(position - offset, 0, length);
    }

    private void pass(byte[] bytes, int from, int to) {
      if (from < to) {
        reader.onPiece(Arrays.copyOfRange(bytes, from, to));
      }
    }

    @Override
    public void onBatchEnd() {
      reader.onBatchEnd();
    }

    @Override
    public void onEnd() {
      reader.onEnd();
    }

    @Override
    public void onFailure(GatewayProblem problem) {
      reader.onFailure(problem);
    }
  }
}
