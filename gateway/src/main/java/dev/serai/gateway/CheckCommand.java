package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.SettingsReport;
import dev.serai.config.read.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the settings and the route files in one pass. Wrong settings are checked on with defaults
 * in the place of what is wrong; then only what is wrong in the route files themselves is reported
 * beside them, since the rest may follow from the settings.
 */
final class CheckCommand {
  private final Map<String, String> environment;
  private final Home home;
  private final Path checkout;
  private Optional<SettingsException> mistakes = Optional.empty();

  /**
   * @param environment as {@link System#getenv()}, with what the arguments add to it
   * @param checkout where routes/ and adapters/kamelets/ are
   */
  CheckCommand(Map<String, String> environment, Home home, Path checkout) {
    this.environment = environment;
    this.home = home;
    this.checkout = checkout;
  }

  /**
   * What is printed.
   *
   * @param notes what was read and what may be wrong; for standard output
   * @param faults what is wrong; empty if all is valid
   * @param code the exit code of the process
   */
  record Report(List<String> notes, List<String> faults, int code) {
    Report {
      notes = List.copyOf(notes);
      faults = List.copyOf(faults);
    }
  }

  Report run() {
    Settings settings =
        Gateway.settingsToCheck(environment, home.folder(), wrong -> mistakes = Optional.of(wrong));
    List<String> notes = new ArrayList<>();
    notes.add("home       " + home.folder() + " (" + home.chosenBy() + ")");
    notes.addAll(SettingsReport.of(settings, environment).fileLines());
    notes.add("           " + checkout.resolve("routes") + " (Serai's own)");
    SettingsReport.unreadLine(environment).ifPresent(notes::add);
    home.unused(checkout).forEach(unused -> notes.add(warning(unused)));
    return mistakes.isPresent()
        ? withMistakes(settings, notes, mistakes.get())
        : ofValid(settings, notes);
  }

  private Report ofValid(Settings settings, List<String> notes) {
    settings.warnings().forEach(warning -> notes.add(warning(warning)));
    try {
      Gateway.Checked checked = Gateway.check(settings, environment, checkout);
      checked.warnings().forEach(warning -> notes.add(warning(warning)));
      List<String> faults = new ArrayList<>(checked.faults());
      checked.open().ifPresent(faults::addFirst);
      int code = faults.isEmpty() ? 0 : checked.open().isPresent() ? Main.INVALID : Main.FAILED;
      return new Report(notes, faults, code);
    } catch (Exception wrong) { // whatever the gateway cannot be put together for
      List<String> faults =
          List.of(
              Main.reason(wrong),
              "the other routes cannot be checked before this mistake is corrected");
      return new Report(notes, faults, Main.code(wrong));
    }
  }

  /** What a start would warn of is left out, since it may follow from the mistakes. */
  private Report withMistakes(Settings settings, List<String> notes, SettingsException wrong) {
    List<String> faults = new ArrayList<>(wrong.problems());
    try {
      faults.addAll(Gateway.check(settings, environment, checkout).refused());
    } catch (Exception follows) { // from the mistakes, perhaps
      faults.add("the routes cannot be checked before these mistakes are corrected");
    }
    return new Report(notes, faults, Main.INVALID);
  }

  private static String warning(String text) {
    return "warning    " + text;
  }
}
