package clientkpis.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembershipTest {
    @Test
    void activeAndRegisteredClientsAreThePortfolio() {
        assertThat(Membership.of(true, "Ativo")).isEqualTo(Membership.PORTFOLIO);
        assertThat(Membership.of(true, null)).isEqualTo(Membership.PORTFOLIO);
        assertThat(Membership.of(true, "cancelado")).isEqualTo(Membership.INACTIVE);
        assertThat(Membership.of(false, null)).isEqualTo(Membership.UNREGISTERED);
        assertThat(Membership.of(false, "Encerrado")).isEqualTo(Membership.INACTIVE);
    }
}
