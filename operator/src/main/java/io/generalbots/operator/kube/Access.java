package io.generalbots.operator.kube;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.List;

/** Identities of pods and what they may do in their namespace. */
public final class Access {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private Access() {}

  /** The component's own identity; its token is mounted only where a pod asks for it. */
  public static ServiceAccount serviceAccount(Part part) {
    return new ServiceAccountBuilder()
        .withMetadata(part.meta())
        .withAutomountServiceAccountToken(false)
        .build();
  }

  /** What the component may do. */
  public static Role role(Part part, PolicyRule... rules) {
    return new RoleBuilder().withMetadata(part.meta()).withRules(rules).build();
  }

  /** Gives the component's role to its identity. */
  public static RoleBinding roleBinding(Part part, String namespace) {
    Subject subject =
        new SubjectBuilder()
            .withKind("ServiceAccount")
            .withName(part.name())
            .withNamespace(namespace)
            .build();
    return new RoleBindingBuilder()
        .withMetadata(part.meta())
        .withRoleRef(new RoleRef(RBAC, "Role", part.name()))
        .withSubjects(subject)
        .build();
  }

  /** These verbs on a resource of the core group, whatever its name. */
  public static PolicyRule rule(String resource, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups("")
        .withResources(resource)
        .withVerbs(verbs)
        .build();
  }

  /** These verbs on named objects of the core group only. */
  public static PolicyRule rule(String resource, List<String> names, String... verbs) {
    return new PolicyRuleBuilder(rule(resource, verbs)).withResourceNames(names).build();
  }
}
