/** Whether a Tenant is kept to itself: tried now and then with its own logins. */
@NullMarked
package io.generalbots.operator.tenant.isolation;

import org.jspecify.annotations.NullMarked;
