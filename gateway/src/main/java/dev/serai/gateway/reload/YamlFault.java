package dev.serai.gateway.reload;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in plain words why a text is not YAML. Pure. */
final class YamlFault {
  private YamlFault() {}

  /** The fault, with its line. */
  static RouteFault of(MarkedYamlEngineException wrong) {
    int line = wrong.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
    String problem = String.valueOf(wrong.getProblem());
    return new RouteFault(line, "the file is not valid YAML: " + plain(problem));
  }

  private static String plain(String problem) {
    if (problem.contains("TAB")) {
      return "indent with spaces, not with tabs";
    }
    if (problem.contains("expected <block end>")) {
      return "this line is indented otherwise than the lines that it belongs to; the names of one"
          + " level begin in the same column";
    }
    if (problem.contains("mapping values are not allowed here")) {
      return "a colon is in a text, or this line is indented too deeply; write a text with ': ' in"
          + " quotes";
    }
    if (problem.contains("could not find expected ':'")) {
      return "there is no ':' behind the name in the line before";
    }
    return problem;
  }
}
