package dev.serai.adapters.dialects.openaiapi;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what OpenRouter reports that a response cost: what it charges, in US dollars. If the call
 * was made with a key of the account at the vendor behind it ("BYOK"), that vendor charges for it
 * too ("Usage accounting: Cost breakdown", openrouter.ai/docs). For one object; not thread-safe.
 */
final class ReportedCost {
  private static final byte[] COST = ascii("cost");
  private static final byte[] OWN_KEY = ascii("is_byok");
  private static final byte[] DETAILS = ascii("cost_details");
  private static final byte[] VENDOR = ascii("upstream_inference_cost");

  private static final int NANO = 9;
  private static final int MAX_SCALE = 50;
  private static final BigDecimal MAX_COST = new BigDecimal(1_000_000);

  private OptionalLong charged = OptionalLong.empty();
  private OptionalLong ofVendor = OptionalLong.empty();
  private boolean ownKey;

  /** Takes the member at the cursor, if it is about the cost. */
  boolean takes(JsonCursor cursor) {
    if (cursor.nameIs(COST)) {
      charged = amount(cursor);
    } else if (cursor.nameIs(OWN_KEY)) {
      ownKey = cursor.peek() == 't';
      cursor.skip();
    } else if (cursor.nameIs(DETAILS) && cursor.peek() == '{') {
      details(cursor);
    } else {
      return false;
    }
    return true;
  }

  private void details(JsonCursor cursor) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(VENDOR)) {
        ofVendor = amount(cursor);
      } else {
        cursor.skip();
      }
    }
  }

  /** The cost in nano US dollars; empty if none was reported. */
  OptionalLong nanoUsd() {
    return ownKey && charged.isPresent()
        ? OptionalLong.of(charged.getAsLong() + ofVendor.orElse(0))
        : charged;
  }

  /** Some providers have an object there. */
  private static OptionalLong amount(JsonCursor cursor) {
    Optional<BigDecimal> usd = cursor.decimal();
    return usd.filter(ReportedCost::isAmount).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            usd.get().movePointRight(NANO).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  private static boolean isAmount(BigDecimal usd) {
    return usd.signum() >= 0 && Math.abs(usd.scale()) < MAX_SCALE && usd.compareTo(MAX_COST) < 0;
  }
}
