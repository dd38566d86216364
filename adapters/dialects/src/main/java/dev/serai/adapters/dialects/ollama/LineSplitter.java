package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.Splitter;
import dev.serai.adapters.dialects.stream.SseSplitter;

/**
 * Splits a stream of bytes into lines that end with LF or CRLF (ndjson.org). A line is limited as
 * one of an event stream is. The end of the stream ends the last line. Not thread-safe.
 */
final class LineSplitter extends Splitter {
  private int scan;
  private int dataLength;
  private boolean finished;

  @Override
  public void finish() {
    finished = true;
  }

  @Override
  protected int split() {
    byte[] bytes = buffer();
    int start = start();
    int limit = limit();
    int at = start + scan;
    while (at < limit && bytes[at] != '\n') {
      at++;
    }
    scan = at - start;
    if (scan > SseSplitter.MAX_LINE) {
      throw new MalformedInput(at, "a shorter line");
    }
    if (at == limit && !finished) {
      return 0;
    }
    dataLength = scan > 0 && bytes[at - 1] == '\r' ? scan - 1 : scan;
    return at == limit ? scan : scan + 1;
  }

  @Override
  protected void reset() {
    scan = 0;
  }

  @Override
  public boolean hasData() {
    return !isEmpty(buffer(), dataStart(), dataEnd());
  }

  @Override
  protected boolean isEmptyEvent() {
    return !hasData();
  }

  @Override
  public int dataStart() {
    return start();
  }

  @Override
  public int dataEnd() {
    return start() + dataLength;
  }
}
