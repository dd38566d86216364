package dev.serai.core.features;

/** A text that is a string. */
record TextExcerpt(String text) implements Excerpt {
  @Override
  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String head(int max) {
    return text.substring(0, Math.min(max, text.length()));
  }

  @Override
  public String tail(int max) {
    return text.substring(Math.max(0, text.length() - max));
  }

  @Override
  public long milliTokens() {
    int counted = Math.min(text.length(), MAX_COUNTED);
    int[] lengths = new int[4];
    for (int i = 0; i < counted; i++) {
      char here = text.charAt(i);
      if (here < 0x80) {
        lengths[0]++;
      } else if (here < 0x800) {
        lengths[1]++;
      } else if (!Character.isSurrogate(here)) {
        lengths[2]++;
      } else if (Character.isHighSurrogate(here)) {
        lengths[3]++;
      }
    }
    long milli = Excerpt.milliTokens(lengths[0], lengths[1], lengths[2], lengths[3]);
    return counted == text.length() ? milli : milli * text.length() / counted;
  }
}
