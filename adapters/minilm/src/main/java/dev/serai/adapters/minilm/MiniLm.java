package dev.serai.adapters.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.serai.core.embedding.TextEncoder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * all-MiniLM-L6-v2 with weights of 8 bits, run by ONNX Runtime on the calling thread alone. The
 * embedding of a text is the mean of those of its pieces, of length 1, as the model card says
 * (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2). Thread-safe.
 */
final class MiniLm implements TextEncoder {
  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
  private static final String WORDS = "/all-minilm-l6-v2-q-tokenizer.json";

  /** Of the model: longer texts are cut. */
  private static final int MAX_PIECES = 256;

  private static final int DIMENSION = 384;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces pieces;

  private MiniLm(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
    this.environment = environment;
    this.session = session;
    this.pieces = pieces;
  }

  /**
   * Loads the model from the class path.
   *
   * @throws IOException if it is not there, or ONNX Runtime has no library for this machine
   */
  static MiniLm open() throws IOException {
    try (InputStream weights = resource(WEIGHTS);
        InputStream words = resource(WORDS)) {
      WordPieces pieces = WordPieces.read(words);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        OrtSession session = environment.createSession(weights.readAllBytes(), options);
        return new MiniLm(environment, session, pieces);
      }
    } catch (OrtException | LinkageError e) {
      throw new IOException("ONNX Runtime cannot load the model: " + e.getMessage(), e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = MiniLm.class.getResourceAsStream(name);
    if (found == null) {
      throw new FileNotFoundException(name + " is not on the class path");
    }
    return found;
  }

  @Override
  public String model() {
    return "all-minilm-l6-v2-q";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public float[] encode(String text) {
    long[] ids = pieces.ids(text, MAX_PIECES);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor words = tensor(ids);
        OnnxTensor all = tensor(ones);
        OnnxTensor types = tensor(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", words, "attention_mask", all, "token_type_ids", types))) {
      return mean(((float[][][]) result.get(0).getValue())[0]);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime has failed: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(long[] numbers) throws OrtException {
    return OnnxTensor.createTensor(environment, new long[][] {numbers});
  }

  private static float[] mean(float[][] each) {
    float[] sum = new float[DIMENSION];
    for (float[] one : each) {
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += one[i];
      }
    }
    double square = 0;
    for (float number : sum) {
      square += (double) number * number;
    }
    float length = (float) Math.max(Math.sqrt(square), 1e-12);
    for (int i = 0; i < DIMENSION; i++) {
      sum[i] /= length;
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime has failed: " + e.getMessage(), e);
    }
  }
}
