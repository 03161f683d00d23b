package io.penstock.testing;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The public types and methods that no comment introduces. The compiler's own check asks in
 * addition for a tag for each parameter and result, also where it would only repeat the name. What
 * a visitor visits says the parameter of its method.
 */
public final class PublicComments {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private PublicComments() {}

  /** Those of all sources below a folder, as {@code Type} or {@code Type.method}. */
  public static List<String> missingBelow(Path folder) {
    try (Stream<Path> all = Files.walk(folder);
        StandardJavaFileManager files = COMPILER.getStandardFileManager(null, Locale.ROOT, null)) {
      List<Path> sources = all.filter(path -> path.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              COMPILER.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Scanner scanner = new Scanner(DocTrees.instance(task));
      for (CompilationUnitTree source : task.parse()) {
        scanner.scan(source, null);
      }
      return scanner.missing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes into public types only. */
  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final List<String> missing = new ArrayList<>();
    private final DocTrees trees;

    Scanner(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      requireComment(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (isPublic(method.getModifiers())
          && !overrides(method)
          && !isOfARecord(method)
          && !visits(method)) {
        requireComment(enclosing().getSimpleName() + "." + method.getName());
      }
      // What stands in its body is nobody else's.
      return null;
    }

    private void requireComment(String name) {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment == null || (comment.getFirstSentence().isEmpty() && !isTagged(comment))) {
        missing.add(name);
      }
    }

    private static boolean isTagged(DocCommentTree comment) {
      return !comment.getBlockTags().isEmpty();
    }

    /** Members of interfaces are public without a word. */
    private boolean isPublic(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      boolean ofInterface =
          enclosing() != null
              && enclosing().getKind() == Tree.Kind.INTERFACE
              && !flags.contains(Modifier.PRIVATE);
      return flags.contains(Modifier.PUBLIC) || ofInterface;
    }

    private ClassTree enclosing() {
      TreePath above = getCurrentPath().getParentPath();
      return above != null && above.getLeaf() instanceof ClassTree type ? type : null;
    }

    private static boolean visits(MethodTree method) {
      return method.getName().toString().startsWith("visit") && method.getParameters().size() == 1;
    }

    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    /** A record's comment tells its components, and so what its constructor takes. */
    private boolean isOfARecord(MethodTree method) {
      return enclosing().getKind() == Tree.Kind.RECORD && method.getReturnType() == null;
    }
  }
}
