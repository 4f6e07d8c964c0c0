package clientkpis.deployed;

import java.util.Optional;

class AccountTest extends StackTest {
    @Override
    Optional<String> absence() {
        return Clouds.absent("account", AccountTestCloud::missing);
    }

    @Override
    SamTestCloud start() {
        return new AccountTestCloud();
    }
}
