package dev.serai.adapters.minilm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits text into the pieces of words that BERT without case knows: lower case, no accents, each
 * punctuation mark and each CJK character a word; a word is the longest pieces that are known, from
 * its beginning (https://github.com/google-research/bert, section "Tokenization"). Thread-safe.
 */
final class WordPieces {
  private static final int MAX_WORD = 100;
  private static final String INSIDE = "##";

  private final Map<String, Integer> known;
  private final int first;
  private final int last;
  private final int unknown;

  private WordPieces(Map<String, Integer> known) {
    this.known = known;
    first = number(known, "[CLS]");
    last = number(known, "[SEP]");
    unknown = number(known, "[UNK]");
  }

  private static int number(Map<String, Integer> known, String piece) {
    return Objects.requireNonNull(known.get(piece), piece);
  }

  /**
   * Reads the pieces from the JSON of a tokenizer.
   *
   * @throws IOException if it cannot be read
   */
  static WordPieces read(InputStream json) throws IOException {
    JsonNode vocabulary = new ObjectMapper().readTree(json).at("/model/vocab");
    Map<String, Integer> known = HashMap.newHashMap(vocabulary.size());
    vocabulary.properties().forEach(piece -> known.put(piece.getKey(), piece.getValue().asInt()));
    return new WordPieces(known);
  }

  /**
   * The numbers of the pieces of a text, between those of its beginning and end.
   *
   * @param max how many at most, with these two
   */
  long[] ids(String text, int max) {
    List<Integer> ids = new ArrayList<>();
    ids.add(first);
    for (String word : words(text)) {
      if (ids.size() >= max - 1) {
        break;
      }
      addPieces(word, ids);
    }
    List<Integer> fitting = ids.subList(0, Math.min(ids.size(), max - 1));
    long[] numbers = new long[fitting.size() + 1];
    for (int i = 0; i < fitting.size(); i++) {
      numbers[i] = fitting.get(i);
    }
    numbers[fitting.size()] = last;
    return numbers;
  }

  private void addPieces(String word, List<Integer> ids) {
    if (word.codePointCount(0, word.length()) > MAX_WORD) {
      ids.add(unknown);
      return;
    }
    int before = ids.size();
    int from = 0;
    while (from < word.length()) {
      int end = word.length();
      @Nullable Integer id = null;
      while (id == null && end > from) {
        String piece = word.substring(from, end);
        id = known.get(from == 0 ? piece : INSIDE + piece);
        if (id == null) {
          end--;
        }
      }
      if (id == null) {
        ids.subList(before, ids.size()).clear();
        ids.add(unknown);
        return;
      }
      ids.add(id);
      from = end;
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD);
    plain
        .codePoints()
        .forEach(
            point -> {
              boolean alone = isPunctuation(point) || isIdeograph(point);
              if (alone || isSpace(point)) {
                flush(word, words);
              }
              if (alone) {
                words.add(Character.toString(point));
              } else if (!isSpace(point) && isKept(point)) {
                word.appendCodePoint(Character.toLowerCase(point));
              }
            });
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isSpace(int point) {
    return point == '\t' || point == '\n' || point == '\r' || Character.isSpaceChar(point);
  }

  private static boolean isKept(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.NON_SPACING_MARK,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          false;
      default -> point != 0xFFFD;
    };
  }

  /** Every ASCII character but letters and digits counts, such as the dollar sign. */
  private static boolean isPunctuation(int point) {
    if (point < 128) {
      return point > ' ' && point < 127 && !Character.isLetterOrDigit(point);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks of CJK ideographs that BERT names; Hangul and kana are words like others. */
  private static boolean isIdeograph(int point) {
    return point >= 0x4E00 && point <= 0x9FFF
        || point >= 0x3400 && point <= 0x4DBF
        || point >= 0x20000 && point <= 0x2A6DF
        || point >= 0x2A700 && point <= 0x2B73F
        || point >= 0x2B740 && point <= 0x2B81F
        || point >= 0x2B820 && point <= 0x2CEAF
        || point >= 0xF900 && point <= 0xFAFF
        || point >= 0x2F800 && point <= 0x2FA1F;
  }
}
