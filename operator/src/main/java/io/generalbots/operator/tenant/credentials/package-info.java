/** The logins of a Tenant: made from one seed, in generations that replace each other. */
@NullMarked
package io.generalbots.operator.tenant.credentials;

import org.jspecify.annotations.NullMarked;
