package dev.serai.adapters.persona;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Splits English text into stems for the search. Thread-safe. */
final class StemAnalyzer extends Analyzer {
  private static final CharArraySet STOP_WORDS =
      new CharArraySet(
          List.of(
              ("support supports activate enable instead now turn a about all also am an and any"
                      + " are as at be been but by can choose chosen chose could did do does for from"
                      + " get give had has have hello hey hi how i if in into is it its just let like"
                      + " look many made make me mean much must my need no not of ok on one or our"
                      + " please see should show so some take tell than thank thanks that the their"
                      + " them then there these they this to us use used using want was we were what"
                      + " when where which who why will with without work works would write you your"
                      + " explain happen happens know s t m re")
                  .split(" ")),
          false);

  /** The first {@code max} distinct stems of a text, in order of appearance. */
  SequencedSet<String> stems(String text, int max) {
    SequencedSet<String> found = new LinkedHashSet<>();
    try (TokenStream tokens = tokenStream("text", separated(text))) {
      CharTermAttribute term = tokens.getAttribute(CharTermAttribute.class);
      tokens.reset();
      while (found.size() < max && tokens.incrementToken()) {
        found.add(term.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Splits names such as OPENAI_API_KEY and serai.yaml, so that they are found by their parts. */
  static String separated(String text) {
    return text.replace('_', ' ').replace('.', ' ');
  }

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    StandardTokenizer tokenizer = new StandardTokenizer();
    TokenStream words = new StopFilter(new LowerCaseFilter(tokenizer), STOP_WORDS);
    return new TokenStreamComponents(tokenizer, new StemFilter(words));
  }

  private static final class StemFilter extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    StemFilter(TokenStream input) {
      super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
      if (!input.incrementToken()) {
        return false;
      }
      String stem = Stemmer.stem(term.toString());
      term.setEmpty().append(stem);
      return true;
    }
  }
}
