package io.penstock.samples.structure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which methods of some classes call which, as their byte code says.
 *
 * <p>A call of an interface leads to every class that implements it. The body of a lambda and a
 * method reference belong to the method in which they stand, whoever runs them. An object that
 * others call through an interface of theirs, such as a command, is called where it is made.
 */
final class CallGraph {
  private final JavaClasses classes;
  private final Map<JavaCodeUnit, Set<JavaCodeUnit>> calls = new LinkedHashMap<>();

  CallGraph(JavaClasses classes) {
    this.classes = classes;
    for (JavaClass type : classes) {
      type.getCodeUnits().forEach(unit -> calls.put(unit, called(unit)));
    }
  }

  /** The methods and constructors, in no particular order. */
  Stream<JavaCodeUnit> units() {
    return calls.keySet().stream();
  }

  /** All that lies between a method and some others, what is reached first coming first. */
  List<JavaCodeUnit> between(JavaCodeUnit start, Set<JavaCodeUnit> ends) {
    Map<JavaCodeUnit, Set<JavaCodeUnit>> callers = new HashMap<>();
    calls.forEach(
        (caller, called) ->
            called.forEach(
                unit -> callers.computeIfAbsent(unit, u -> new LinkedHashSet<>()).add(caller)));
    Set<JavaCodeUnit> leading = reached(ends, callers);
    return reached(Set.of(start), calls).stream().filter(leading::contains).toList();
  }

  private static Set<JavaCodeUnit> reached(
      Set<JavaCodeUnit> starts, Map<JavaCodeUnit, Set<JavaCodeUnit>> edges) {
    Set<JavaCodeUnit> found = new LinkedHashSet<>(starts);
    Deque<JavaCodeUnit> next = new ArrayDeque<>(starts);
    while (!next.isEmpty()) {
      for (JavaCodeUnit unit : edges.getOrDefault(next.remove(), Set.of())) {
        if (found.add(unit)) {
          next.add(unit);
        }
      }
    }
    return found;
  }

  private Set<JavaCodeUnit> called(JavaCodeUnit unit) {
    Set<JavaCodeUnit> found = new LinkedHashSet<>();
    for (JavaCodeUnitAccess<?> access : accesses(unit)) {
      if (isOurs(access.getTargetOwner())) {
        access.getTarget().resolveMember().ifPresent(found::add);
        found.addAll(implementations(access));
        if (access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)) {
          found.addAll(calledByOthers(access.getTargetOwner()));
        }
      }
    }
    return found;
  }

  private static List<JavaCodeUnitAccess<?>> accesses(JavaCodeUnit unit) {
    return Stream.<Set<? extends JavaCodeUnitAccess<?>>>of(
            unit.getMethodCallsFromSelf(),
            unit.getConstructorCallsFromSelf(),
            unit.getMethodReferencesFromSelf(),
            unit.getConstructorReferencesFromSelf())
        .<JavaCodeUnitAccess<?>>flatMap(Set::stream)
        .toList();
  }

  private static List<JavaMethod> implementations(JavaCodeUnitAccess<?> access) {
    String[] parameters = names(access.getTarget().getRawParameterTypes());
    return access.getTargetOwner().getAllSubclasses().stream()
        .flatMap(type -> type.tryGetMethod(access.getName(), parameters).stream())
        .toList();
  }

  private List<JavaMethod> calledByOthers(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
        .filter(method -> overridesOneOfOthers(type, method))
        .toList();
  }

  private boolean overridesOneOfOthers(JavaClass type, JavaMethod method) {
    String[] parameters = names(method.getRawParameterTypes());
    return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
        .filter(other -> !isOurs(other) && !isOfEveryObject(other))
        .anyMatch(other -> other.tryGetMethod(method.getName(), parameters).isPresent());
  }

  private boolean isOurs(JavaClass type) {
    return classes.contain(type.getName());
  }

  private static boolean isOfEveryObject(JavaClass type) {
    return type.isEquivalentTo(Object.class)
        || type.isEquivalentTo(Record.class)
        || type.isEquivalentTo(Enum.class);
  }

  private static String[] names(List<JavaClass> types) {
    return types.stream().map(JavaClass::getName).toArray(String[]::new);
  }
}
