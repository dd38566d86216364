package dev.serai.gateway.style;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One parsed Java file. The JDK's own parser reads it, so nothing here guesses at syntax. */
record Source(Path file, CompilationUnitTree unit, DocTrees trees) {

  static List<Source> parse(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, null);
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                manager,
                null,
                List.of("-proc:none"),
                null,
                manager.getJavaFileObjectsFromPaths(files));
    DocTrees trees = DocTrees.instance(task);
    List<Source> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(new Source(Path.of(unit.getSourceFile().toUri()), unit, trees));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  String name() {
    return House.name(file);
  }

  /** The package and the name of the file's type. */
  String typeName() {
    String file = this.file.getFileName().toString();
    return unit.getPackageName() + "." + file.substring(0, file.length() - ".java".length());
  }

  int lines() {
    return (int) House.read(file).lines().count();
  }

  /** How many lines the tree spans, its annotations and braces included, its Javadoc not. */
  int lines(Tree tree) {
    SourcePositions at = trees.getSourcePositions();
    LineMap map = unit.getLineMap();
    return (int)
        (map.getLineNumber(at.getEndPosition(unit, tree))
            - map.getLineNumber(at.getStartPosition(unit, tree))
            + 1);
  }

  boolean isDocumented(TreePath path) {
    return trees.getDocComment(path) != null;
  }

  /** The Javadoc comment of a declaration with its tags, empty if it has none. */
  String comment(TreePath path) {
    String comment = trees.getDocComment(path);
    return comment == null ? "" : comment;
  }

  String at(Tree tree) {
    long start = trees.getSourcePositions().getStartPosition(unit, tree);
    return name() + ":" + unit.getLineMap().getLineNumber(start);
  }
}
