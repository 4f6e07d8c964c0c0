package clientkpis.clouds;

class AccountTest extends StackTest {
    @Override
    SamTestCloud start() throws Exception {
        Clouds.assume("account", AccountTestCloud::missing);
        return new AccountTestCloud();
    }
}
